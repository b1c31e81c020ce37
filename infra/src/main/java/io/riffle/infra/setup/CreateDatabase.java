package io.riffle.infra.setup;

import io.riffle.infra.client.PostgresClient;
import io.riffle.infra.site.Endpoints;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The set's target database, empty: tables are the migration's work. */
final class CreateDatabase implements SetupStep {
  @Override
  public String name() {
    return "create the database";
  }

  @Override
  public void run(Endpoints endpoints) throws SQLException {
    String database = endpoints.set().database();
    try (Connection connection = PostgresClient.admin(endpoints)) {
      if (!exists(connection, database)) {
        create(connection, database);
      }
    }
  }

  private static boolean exists(Connection connection, String database) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
      query.setString(1, database);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static void create(Connection connection, String database) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + statement.enquoteIdentifier(database, true));
    }
  }
}
