package io.riffle.sink.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.riffle.config.Secret;
import io.riffle.failure.Verdict;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No failure tells a value. */
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
      DatabaseException failure =
          catchThrowableOfType(
              DatabaseException.class,
              () ->
                  database.transaction(
                      connection -> {
                        try (Statement statement = connection.createStatement()) {
                          return statement.execute(sql);
                        }
                      }));

      assertThat(failure.failure().verdict()).isEqualTo(Verdict.RECORD);
      assertThat(failure).hasMessageNotContaining(CANARY).hasNoCause();
      assertThat(failure.getSuppressed()).isEmpty();
    }
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
            Duration.ofSeconds(60)));
  }
}
