package io.riffle.sink.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.riffle.config.Secret;
import io.riffle.failure.Verdict;
import io.riffle.sink.record.Blamed;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a failure tells: what the schema names, and no value. */
@ExtendWith(PostgresExtension.class)
class DatabaseExceptionTest {
  private static final String CANARY = "canary4711";

  private final TestPostgres postgres;

  DatabaseExceptionTest(TestPostgres postgres) {
    this.postgres = postgres;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT '" + CANARY + "'::int",
        "SELECT '" + CANARY + "'::date",
        "SELECT '" + CANARY + "'::numeric",
        "CREATE TEMP TABLE t (k text PRIMARY KEY);"
            + " INSERT INTO t VALUES ('"
            + CANARY
            + "'), ('"
            + CANARY
            + "')",
        "CREATE TEMP TABLE t (k text PRIMARY KEY); INSERT INTO t VALUES ('"
            + CANARY
            + "'), ('"
            + CANARY
            + "') ON CONFLICT (k) DO UPDATE SET k = excluded.k",
        "CREATE TEMP TABLE t (k text CHECK (k = '')); INSERT INTO t VALUES ('" + CANARY + "')",
        "CREATE TEMP TABLE t (k text, n int NOT NULL); INSERT INTO t VALUES ('" + CANARY + "')"
      })
  void noFailureTellsAValue(String sql) {
    try (Database database = database()) {
      DatabaseException failure = failureOf(database, sql);

      assertThat(failure.failure().verdict()).isEqualTo(Verdict.RECORD);
      assertThat(failure).hasMessageNotContaining(CANARY).hasNoCause();
      assertThat(failure.getSuppressed()).isEmpty();
    }
  }

  @Test
  void whatPostgresNamesIsKept() {
    try (Database database = database()) {
      assertThat(
              blamed(database, "CREATE TEMP TABLE t (n int NOT NULL); INSERT INTO t VALUES (NULL)"))
          .isEqualTo(new Blamed(Optional.of("n"), Optional.empty()));
      assertThat(
              blamed(
                  database,
                  "CREATE TEMP TABLE t (n int CONSTRAINT small CHECK (n < 3));"
                      + " INSERT INTO t VALUES (7)"))
          .isEqualTo(new Blamed(Optional.empty(), Optional.of("small")));
      assertThat(blamed(database, "SELECT 'x'::int")).isEqualTo(Blamed.NOTHING);
    }
  }

  private static Blamed blamed(Database database, String sql) {
    return failureOf(database, sql).blamed();
  }

  private static DatabaseException failureOf(Database database, String sql) {
    return catchThrowableOfType(
        DatabaseException.class,
        () ->
            database.transaction(
                connection -> {
                  try (Statement statement = connection.createStatement()) {
                    return statement.execute(sql);
                  }
                }));
  }

  private Database database() {
    return new Database(
        new DatabaseConfig(
            postgres.jdbcUrl(),
            postgres.username(),
            Secret.of(postgres.password()),
            "ccw",
            "test",
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofSeconds(90)));
  }
}
