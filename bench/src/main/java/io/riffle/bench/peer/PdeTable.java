package io.riffle.bench.peer;

import io.riffle.operations.site.Endpoints;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The table of PDE records, as both sinks fill it. */
final class PdeTable {
  private static final String TABLE = Endpoints.TABLES_SCHEMA + ".partd_events";

  /** A row without the columns that Riffle keeps for itself. */
  private static final String ROW =
      "(to_jsonb(t) - 'last_updated' - 'riffle_generation' - 'riffle_offset')::text";

  private final Connection connection;

  PdeTable(Connection connection) {
    this.connection = connection;
  }

  /** How many of these keys have a row. */
  long count(Collection<Long> keys) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT count(*) FROM " + TABLE + " WHERE pde_id = ANY (?)")) {
      query.setArray(1, connection.createArrayOf("int8", keys.toArray()));
      return number(query);
    }
  }

  long count() throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("SELECT count(*) FROM " + TABLE)) {
      return number(query);
    }
  }

  /** One number for all rows in any order. */
  String digest() throws SQLException {
    String sql = "SELECT sum(hashtextextended(" + ROW + ", 0)) FROM " + TABLE + " t";
    try (PreparedStatement query = connection.prepareStatement(sql);
        ResultSet rows = query.executeQuery()) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** All rows by key; for small tables. */
  List<String> rows() throws SQLException {
    List<String> all = new ArrayList<>();
    String sql = "SELECT " + ROW + " FROM " + TABLE + " t ORDER BY pde_id";
    try (PreparedStatement query = connection.prepareStatement(sql);
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        all.add(rows.getString(1));
      }
    }
    return all;
  }

  private static long number(PreparedStatement query) throws SQLException {
    try (ResultSet rows = query.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
