package io.riffle.infra.sources;

import io.riffle.operations.client.Databases;
import io.riffle.operations.client.PostgresClient;
import io.riffle.operations.site.Endpoints;
import io.riffle.operations.site.StackException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A source database of a set, in the stack's Postgres. */
public final class SourceDatabase {

  private final Endpoints endpoints;
  private final String source;

  /**
   * Names one, which need not be there.
   *
   * @param source such as {@code qvp}
   */
  public SourceDatabase(Endpoints endpoints, String source) {
    this.endpoints = endpoints;
    this.source = source;
  }

  /** Name of the database: the source's, and that of the set. */
  public String name() {
    return source + "_" + endpoints.set();
  }

  /** Without user and password, which are those of the target database. */
  public String jdbcUrl() {
    String admin = endpoints.adminJdbcUrl();
    return admin.substring(0, admin.lastIndexOf('/') + 1) + name();
  }

  /** Each connection is a new one. */
  public DataSource dataSource() {
    return PostgresClient.dataSource(endpoints, jdbcUrl());
  }

  /** Makes the database, empty, unless it is there. */
  public void create() throws SQLException {
    try (Connection connection = PostgresClient.admin(endpoints)) {
      if (!Databases.exists(connection, name())) {
        Databases.create(connection, name());
      }
    }
  }

  /**
   * Deletes the database with all that is in it.
   *
   * @throws StackException when somebody captures its changes
   */
  public void drop() throws SQLException {
    try (Connection connection = PostgresClient.admin(endpoints)) {
      requireNoSlot(connection);
      Databases.drop(connection, name());
    }
  }

  private void requireNoSlot(Connection connection) throws SQLException {
    String sql = "SELECT slot_name FROM pg_replication_slots WHERE database = ? LIMIT 1";
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, name());
      try (ResultSet slot = query.executeQuery()) {
        if (slot.next()) {
          throw new StackException(
              name()
                  + " is captured (slot "
                  + slot.getString(1)
                  + "): remove the source first (riffle cdc list, riffle cdc remove)");
        }
      }
    }
  }
}
