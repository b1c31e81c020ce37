package io.riffle.infra.demo;

import io.riffle.schemas.layout.Layout;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Looks into the tables of record of a type. */
final class LoadedRows {

  private final DataSource database;
  private final String schema;
  private final Layout layout;

  LoadedRows(DataSource database, String schema, Layout layout) {
    this.database = database;
    this.schema = schema;
    this.layout = layout;
  }

  /** Rows of the header table with keys from {@code lowest} to {@code highest}. */
  long count(long lowest, long highest) throws SQLException {
    return number(countSql(layout.headerTable()), lowest, highest);
  }

  /** The same for the line table; 0 for types without lines. */
  long countLines(long lowest, long highest) throws SQLException {
    return layout.hasLines()
        ? number(countSql(layout.lineTable().orElseThrow()), lowest, highest)
        : 0;
  }

  private String countSql(String table) {
    return String.format(
        "SELECT count(*) FROM %s.%s WHERE %s BETWEEN ? AND ?",
        schema, table, layout.key().sqlName());
  }

  /** The smallest key in the table; 0 when it is empty. */
  long lowestKey() throws SQLException {
    return number(
        String.format(
            "SELECT coalesce(min(%s), 0) FROM %s.%s",
            layout.key().sqlName(), schema, layout.headerTable()));
  }

  /** Columns of one record, and of its line 1, as text. */
  Map<String, String> fields(long key, List<String> header, List<String> line) throws SQLException {
    Map<String, String> fields = new LinkedHashMap<>();
    read(layout.headerTable(), header, "", key, fields);
    if (layout.hasLines()) {
      String one = " AND " + layout.lineKey().orElseThrow().sqlName() + " = 1";
      read(layout.lineTable().orElseThrow(), line, one, key, fields);
    }
    return fields;
  }

  private void read(
      String table, List<String> columns, String and, long key, Map<String, String> into)
      throws SQLException {
    String sql =
        String.format(
            "SELECT %s FROM %s.%s WHERE %s = ?%s",
            String.join(", ", columns), schema, table, layout.key().sqlName(), and);
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, key);
      try (ResultSet row = statement.executeQuery()) {
        if (row.next()) {
          for (String column : columns) {
            into.put(column, row.getString(column));
          }
        }
      }
    }
  }

  private long number(String sql, long... parameters) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setLong(i + 1, parameters[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
