package io.riffle.bench.chain;

import io.riffle.operations.client.PostgresClient;
import io.riffle.operations.site.Endpoints;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The database of the bench's set. Each call has a connection of its own. */
public final class Database {

  private final Endpoints endpoints;

  Database(Endpoints endpoints) {
    this.endpoints = endpoints;
  }

  /** A new connection without a limit of time: COPY and checkpoints take minutes. */
  public Connection connect() throws SQLException {
    return dataSource().getConnection();
  }

  /** Connections of that kind. */
  public DataSource dataSource() {
    return PostgresClient.dataSource(endpoints);
  }

  public void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** One number. */
  public long number(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Writes what is only in memory: who is measured next does not pay for it. */
  public void checkpoint() throws SQLException {
    execute("CHECKPOINT");
  }
}
