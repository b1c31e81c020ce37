package io.riffle.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * An empty database: {@code wal_level=logical}, {@code synchronous_commit=on}, a server time zone
 * that is not UTC.
 */
public final class TestPostgres implements AutoCloseable {
  private static final String USER = "postgres";

  private final PostgresServer server;
  private final int port;
  private final String database;

  TestPostgres(PostgresServer server, int port, String database) {
    this.server = server;
    this.port = port;
    this.database = database;
  }

  /** For DriverManager and connectors; add {@link #username()}, any password will do. */
  public String jdbcUrl() {
    return "jdbc:postgresql://localhost:" + port + "/" + database;
  }

  /** A superuser. */
  public String username() {
    return USER;
  }

  /** Not checked by the server, but some libraries want one. */
  public String password() {
    return "postgres";
  }

  public String database() {
    return database;
  }

  public int port() {
    return port;
  }

  /** A data source without a pool: each connection is new. */
  public DataSource dataSource() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl());
    source.setUser(USER);
    source.setPassword(password());
    return source;
  }

  /** A new connection; the caller closes it. */
  public Connection connect() throws SQLException {
    return dataSource().getConnection();
  }

  /** Runs statements, separated by semicolons. */
  public void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("the test's own SQL failed", e);
    }
  }

  /** Rows of a query, each as the texts of its columns joined by a bar. */
  public List<String> rows(String query) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      List<String> rows = new ArrayList<>();
      while (found.next()) {
        rows.add(row(found));
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException("the test's own SQL failed", e);
    }
  }

  private static String row(ResultSet found) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
      columns.add(String.valueOf(found.getString(i)));
    }
    return String.join("|", columns);
  }

  /** Another empty database in the same server. */
  public TestPostgres another() {
    return server.freshDatabase();
  }

  /** Another database in the same server, with all migrations applied. */
  public TestPostgres anotherMigrated(String tablesSchema) {
    return server.migratedDatabase(tablesSchema);
  }

  /** Keeps a copy of what is there now; all sessions end for it. */
  public void backUp() {
    outside(DatabaseBackup::take);
  }

  /** Goes back to the copy, once; what came since is gone, and so are all sessions. */
  public void restore() {
    outside(DatabaseBackup::restore);
  }

  private interface Step {
    void run(DatabaseBackup backup) throws SQLException;
  }

  private void outside(Step step) {
    try (Connection connection = new TestPostgres(server, port, "postgres").connect()) {
      step.run(new DatabaseBackup(connection, database));
    } catch (SQLException e) {
      throw new IllegalStateException("the test's own SQL failed", e);
    }
  }

  /** Nothing to do: the database ends with the server. */
  @Override
  public void close() {}
}
