package io.riffle.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PostgresExtensionTest {
  private final TestPostgres postgres;

  PostgresExtensionTest(TestPostgres postgres) {
    this.postgres = postgres;
  }

  @Test
  void runsWithTheSettingsThatRiffleNeeds() throws SQLException {
    assertThat(setting("wal_level")).isEqualTo("logical");
    assertThat(setting("synchronous_commit")).isEqualTo("on");
    assertThat(setting("server_encoding")).isEqualTo("UTF8");
    assertThat(setting("server_version")).startsWith("18.");
  }

  @Test
  void hasAServerTimeZoneThatIsNotUtc() throws SQLException {
    // SHOW would tell the session's zone, which the driver sets to the JVM's.
    String zone = "SELECT split_part(pg_read_file('postmaster.opts'), 'timezone=', 2)";
    assertThat(query(zone)).startsWith("America/St_Johns");
  }

  @Test
  void givesTheTestClassOneDatabaseAndAnotherOnRequest(TestPostgres again) {
    assertThat(again).isSameAs(postgres);
    assertThat(postgres.another().jdbcUrl()).isNotEqualTo(postgres.jdbcUrl());
  }

  @Test
  void executesScripts() throws SQLException {
    postgres.execute("CREATE TABLE t (a int); INSERT INTO t VALUES (7)");
    assertThat(query("SELECT a FROM t")).isEqualTo("7");
  }

  private String setting(String name) throws SQLException {
    return query("SHOW " + name);
  }

  private String query(String sql) throws SQLException {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getString(1) : null;
    }
  }
}
