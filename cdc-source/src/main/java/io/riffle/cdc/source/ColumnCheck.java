package io.riffle.cdc.source;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Finds columns of streamed tables that Debezium 3.6.3 does not carry right (docs/cdc.md). Nothing
 * of it can be seen in the events, so an operator is told before. Changes nothing.
 */
final class ColumnCheck {
  /**
   * Of arrays of these types Debezium tells that a large one was not sent, which no type of the
   * events' own could.
   */
  private static final String TOLD =
      "'text','varchar','bpchar','json','jsonb','bytea','int4','int8','uuid'";

  private static final String QUERY =
      """
      SELECT a.attname,
             c.relreplident <> 'f' AND a.attstorage <> 'p' AND e.oid IS NOT NULL AND e.typname NOT IN (%s),
             e.typtype IS NOT DISTINCT FROM 'e',
             t.oid IN ('varbit'::regtype, 'varbit[]'::regtype),
             coalesce(e.typname, ''), a.attndims
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        JOIN pg_type t ON t.oid = a.atttypid
        LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
       WHERE n.nspname = ? AND c.relname = ?
       ORDER BY a.attnum"""
          .formatted(TOLD);

  private final Connection source;

  ColumnCheck(Connection source) {
    this.source = source;
  }

  /** Warnings about the columns of a table that is streamed. */
  void run(CapturedTable captured, List<String> warnings) throws SQLException {
    TableName table = captured.name();
    for (String column : captured.generated()) {
      warnings.add(table + "." + column + " is generated: it is not captured");
    }
    try (PreparedStatement query = source.prepareStatement(QUERY)) {
      query.setString(1, table.schema());
      query.setString(2, table.table());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          warn(table + "." + row.getString(1), row, warnings);
        }
      }
    }
  }

  private static void warn(String column, ResultSet row, List<String> warnings)
      throws SQLException {
    if (row.getBoolean(2)) {
      warnings.add(
          column
              + " is an array of which large values come as null when another column is updated:"
              + " ALTER TABLE … REPLICA IDENTITY FULL");
    }
    if (row.getBoolean(3)) {
      warnings.add(column + " is an array of an enum: one that holds a NULL stops the source");
    }
    if (row.getBoolean(4)) {
      warnings.add(column + " is of type varbit: rows with a value in it are rejected");
    }
    lost(row.getString(5)).ifPresent(what -> warnings.add(column + what));
    if (row.getInt(6) > 1) {
      warnings.add(
          column + " is an array of several dimensions: one that has them comes with NULLs in it");
    }
  }

  /** What an array of that type loses. */
  private static Optional<String> lost(String element) {
    return Optional.ofNullable(
        switch (element) {
          case "numeric" -> " is an array of numeric: one with NaN or Infinity in it comes as null";
          case "interval" -> " is an array of interval: it is not captured";
          case "timestamptz" ->
              " is an array of timestamptz: rows with -infinity in it are rejected";
          default -> null;
        });
  }
}
