package io.riffle.operations.client;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Databases of a server, by a connection to another one of it. */
public final class Databases {

  private Databases() {}

  public static boolean exists(Connection connection, String database) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
      query.setString(1, database);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next();
      }
    }
  }

  /** Makes an empty one. */
  public static void create(Connection connection, String database) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + statement.enquoteIdentifier(database, true));
    }
  }

  /** Ends its sessions and deletes it, if it is there; one that has a replication slot stays. */
  public static void drop(Connection connection, String database) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "DROP DATABASE IF EXISTS "
              + statement.enquoteIdentifier(database, true)
              + " WITH (FORCE)");
    }
  }
}
