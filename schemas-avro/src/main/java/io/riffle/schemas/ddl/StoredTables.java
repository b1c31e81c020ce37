package io.riffle.schemas.ddl;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tables that a schema of a database has, as its catalog tells. */
final class StoredTables {

  /**
   * @param type as {@link SqlTypes} spells it
   * @param required whether null is refused
   */
  record StoredColumn(String type, boolean required) {}

  /** Ordinary and partitioned tables; dropped columns stay in the catalog under another name. */
  private static final String COLUMNS =
      """
      SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE n.nspname = ? AND c.relkind IN ('r', 'p')
      ORDER BY c.relname, a.attnum
      """;

  private static final String TRIGGERS =
      """
      SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ? AND NOT t.tgisinternal
      """;

  private final Map<String, Map<String, StoredColumn>> columns = new LinkedHashMap<>();
  private final Set<String> triggered = new LinkedHashSet<>();

  private StoredTables() {}

  static StoredTables read(Connection database, String schema) throws SQLException {
    StoredTables stored = new StoredTables();
    try (PreparedStatement query = database.prepareStatement(COLUMNS)) {
      query.setString(1, schema);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          stored.add(rows);
        }
      }
    }
    stored.readTriggers(database, schema);
    return stored;
  }

  private void add(ResultSet row) throws SQLException {
    columns
        .computeIfAbsent(row.getString(1), table -> new LinkedHashMap<>())
        .put(row.getString(2), new StoredColumn(spelled(row.getString(3)), row.getBoolean(4)));
  }

  private void readTriggers(Connection database, String schema) throws SQLException {
    try (PreparedStatement query = database.prepareStatement(TRIGGERS)) {
      query.setString(1, schema);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          triggered.add(rows.getString(1));
        }
      }
    }
  }

  /** The columns of a table by name; empty when there is no such table. */
  Optional<Map<String, StoredColumn>> columns(String table) {
    return Optional.ofNullable(columns.get(table));
  }

  /** Whether somebody's triggers run when a row of the table changes. */
  boolean hasTriggers(String table) {
    return triggered.contains(table);
  }

  private static String spelled(String type) {
    return type.replace("character varying", "varchar")
        .replace("character(", "char(")
        .replace("timestamp with time zone", "timestamptz");
  }
}
