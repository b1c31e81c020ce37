package io.riffle.sink.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.riffle.config.Secret;
import io.riffle.sink.write.SqlFailure.Kind;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What failures mean, and that none of them tells a value. */
@ExtendWith(PostgresExtension.class)
class SqlFailureTest {
  private static final String CANARY = "canary4711";

  private final TestPostgres postgres;

  SqlFailureTest(TestPostgres postgres) {
    this.postgres = postgres;
  }

  @ParameterizedTest
  @CsvSource({
    "08006, RETRY",
    "40001, RETRY",
    "40P01, RETRY",
    "53100, RETRY",
    "55P03, RETRY",
    "57014, RETRY",
    "57P01, RETRY",
    "25P03, RETRY",
    "25006, RETRY",
    "58030, RETRY",
    "21000, REJECT",
    "22001, REJECT",
    "22P04, REJECT",
    "23502, REJECT",
    "23505, REJECT",
    "42P01, SYSTEMIC",
    "42501, SYSTEMIC",
    "28P01, SYSTEMIC",
    "0A000, SYSTEMIC",
    "XX001, SYSTEMIC",
    "'', SYSTEMIC",
    ", SYSTEMIC"
  })
  void theSqlStateDecides(String state, Kind kind) {
    assertThat(SqlFailure.of(new SQLException("text", state)).kind()).isEqualTo(kind);
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

      assertThat(failure.failure().kind()).isEqualTo(Kind.REJECT);
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
