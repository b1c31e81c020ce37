package io.riffle.sink.staging;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the database says of a staging table. */
final class Catalog {
  private static final String COLUMNS =
      "SELECT a.attname, format_type(a.atttypid, a.atttypmod),"
          + " coalesce(a.attnum = ANY (i.indkey::int2[]), false)"
          + " FROM pg_attribute a LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary"
          + " WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped"
          + " ORDER BY a.attnum";

  private Catalog() {}

  /** The table as it is; empty when it is not there. */
  static Optional<TableStructure> read(Connection connection, CapturedTable table)
      throws SQLException {
    Map<String, ColumnType> columns = new LinkedHashMap<>();
    List<String> key = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setString(1, table.sqlName());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String name = rows.getString(1);
          if (!TableStructure.isOwn(name)) {
            columns.put(name, ColumnType.parse(rows.getString(2)));
            if (rows.getBoolean(3)) {
              key.add(name);
            }
          }
        }
      }
    }
    return columns.isEmpty() ? Optional.empty() : Optional.of(new TableStructure(columns, key));
  }
}
