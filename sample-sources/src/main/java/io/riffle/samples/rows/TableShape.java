package io.riffle.samples.rows;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A table as the database's catalog has it now.
 *
 * @param name without the schema
 * @param quoted schema and name as SQL wants them
 * @param columns in their order; generated ones are left out
 */
public record TableShape(String name, String quoted, List<ColumnShape> columns) {

  private static final String CATALOG =
      """
      SELECT format('%I.%I', n.nspname, t.relname) AS table_name, a.attname,
             quote_ident(a.attname) AS quoted, format_type(a.atttypid, a.atttypmod) AS type,
             a.attnotnull, a.attstorage = 'e' AS external,
             coalesce(array_position(k.indkey::int2[], a.attnum), -1) AS key_position,
             (SELECT array_agg(e.enumlabel::text ORDER BY e.enumsortorder)
              FROM pg_catalog.pg_enum e WHERE e.enumtypid = a.atttypid) AS labels
      FROM pg_catalog.pg_class t
      JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
      JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid
      LEFT JOIN pg_catalog.pg_index k ON k.indrelid = t.oid AND k.indisprimary
      WHERE n.nspname = ? AND t.relname = ? AND t.relkind IN ('r', 'p')
        AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
      ORDER BY a.attnum
      """;

  public TableShape {
    columns = List.copyOf(columns);
  }

  /**
   * Looks a table up.
   *
   * @throws SQLException when there is none of that name
   */
  public static TableShape read(Connection connection, String schema, String table)
      throws SQLException {
    return find(connection, schema, table)
        .orElseThrow(() -> new SQLException("there is no table " + schema + "." + table, "42P01"));
  }

  /** Looks a table up that may not be there. */
  public static Optional<TableShape> find(Connection connection, String schema, String table)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CATALOG)) {
      statement.setString(1, schema);
      statement.setString(2, table);
      try (ResultSet row = statement.executeQuery()) {
        List<ColumnShape> columns = new ArrayList<>();
        String quoted = null;
        while (row.next()) {
          quoted = row.getString("table_name");
          columns.add(column(row));
        }
        return quoted == null
            ? Optional.empty()
            : Optional.of(new TableShape(table, quoted, columns));
      }
    }
  }

  private static ColumnShape column(ResultSet row) throws SQLException {
    Array labels = row.getArray("labels");
    return new ColumnShape(
        row.getString("attname"),
        row.getString("quoted"),
        row.getString("type"),
        labels == null ? List.of() : List.of((String[]) labels.getArray()),
        row.getBoolean("attnotnull"),
        row.getInt("key_position"),
        row.getBoolean("external"));
  }

  /** Columns of the primary key in its order; empty for a table without. */
  public List<ColumnShape> key() {
    return columns.stream()
        .filter(ColumnShape::isKey)
        .sorted(Comparator.comparingInt(ColumnShape::keyPosition))
        .toList();
  }
}
