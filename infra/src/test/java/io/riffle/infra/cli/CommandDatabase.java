package io.riffle.infra.cli;

import io.riffle.operations.site.Endpoints;
import io.riffle.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A migrated database that commands find by a stack's folder, of which nothing else runs: any other
 * server refuses.
 */
final class CommandDatabase {
  private static final int NOBODY = 9;
  private static final String ACTIVITY =
      "SELECT concat_ws(' | ', who, action, target, before, after) FROM riffle.activity"
          + " WHERE via = 'COMMAND' AND role = '' ORDER BY activity_id";

  private final TestPostgres server;
  private final Path home;
  private final String set;

  private CommandDatabase(TestPostgres server, String set, Path home) {
    this.server = server;
    this.home = home;
    this.set = set;
  }

  static CommandDatabase in(Path home, TestPostgres server) throws IOException {
    String set = server.anotherMigrated(Endpoints.TABLES_SCHEMA).database();
    CommandDatabase made = new CommandDatabase(server, set, home);
    made.writeFolder();
    made.nameForTheSet();
    return made;
  }

  private void writeFolder() throws IOException {
    List<String> ports = new ArrayList<>();
    for (String name : List.of("kafka", "registry", "s3proxy", "connect-" + set)) {
      ports.add(name + "=" + NOBODY);
    }
    ports.add("postgres=" + server.port());
    Files.write(home.resolve("ports.properties"), ports);
  }

  private void nameForTheSet() {
    server.execute(
        "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'riffle')"
            + " THEN CREATE ROLE riffle SUPERUSER LOGIN; END IF; END $$");
    server.execute("ALTER DATABASE " + set + " RENAME TO riffle_" + set);
  }

  /** Runs a command for the set. */
  int riffle(String... arguments) {
    List<String> line = new ArrayList<>(List.of("--home", home.toString(), "--set", set));
    line.addAll(List.of(arguments));
    return Riffle.run(line.toArray(String[]::new));
  }

  /** Runs statements in the set's database. */
  void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** What was noted, in order: who, action, target, before, after. */
  List<String> activity() throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(ACTIVITY)) {
      while (row.next()) {
        rows.add(row.getString(1));
      }
    }
    return rows;
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:%d/riffle_%s".formatted(server.port(), set), "riffle", "any");
  }
}
