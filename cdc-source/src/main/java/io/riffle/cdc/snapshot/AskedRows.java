package io.riffle.cdc.snapshot;

import io.riffle.cdc.source.Identifiers;
import io.riffle.cdc.source.SourceNames;
import io.riffle.cdc.source.SourceObjects;
import io.riffle.cdc.source.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Keys of rows that Debezium is to read, in a table of Riffle's in the source which is not
 * published. Debezium logs what it is asked for, so a signal has no key in it: it names the rows of
 * this table. On the caller's connection.
 */
final class AskedRows {
  private final Connection database;
  private final SourceNames names;
  private final TableName asked;

  AskedRows(Connection database, SourceNames names) {
    this.database = database;
    this.names = names;
    this.asked = names.asked();
  }

  /**
   * Puts keys there, in the place of those of the same signal.
   *
   * @return a condition that holds for these rows of the table
   */
  String put(String signal, TableName table, UnsentRows.Keys keys) throws SQLException {
    if (!isThere()) { // an epoch that began with an older version
      try (Statement statement = database.createStatement()) {
        SourceObjects.makeAsked(statement, names);
      }
    }
    forget(signal);
    try (PreparedStatement insert =
        database.prepareStatement("INSERT INTO " + asked.quoted() + " VALUES (?, ?)")) {
      for (List<String> key : keys.texts()) {
        insert.setString(1, signal);
        insert.setArray(2, database.createArrayOf("text", key.toArray()));
        insert.addBatch();
      }
      insert.executeBatch();
    }
    return condition(signal, keys.columns(), types(table));
  }

  /** The server reads the texts as what the columns are: so their index finds the rows. */
  private String condition(String signal, List<String> columns, Map<String, String> types) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      values.add("key[" + (i + 1) + "]::" + types.getOrDefault(columns.get(i), "text"));
    }
    return "("
        + columns.stream().map(Identifiers::quote).collect(Collectors.joining(", "))
        + ") IN (SELECT "
        + String.join(", ", values)
        + " FROM "
        + asked.quoted()
        + " WHERE id = "
        + Identifiers.text(signal)
        + ")";
  }

  private Map<String, String> types(TableName table) throws SQLException {
    Map<String, String> types = new HashMap<>();
    try (PreparedStatement query =
        database.prepareStatement(
            "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute"
                + " WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped")) {
      query.setString(1, table.quoted());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          types.put(row.getString(1), row.getString(2));
        }
      }
    }
    return types;
  }

  /** Those of a signal are not needed any more. */
  void forget(String signal) throws SQLException {
    if (isThere()) {
      try (PreparedStatement delete =
          database.prepareStatement("DELETE FROM " + asked.quoted() + " WHERE id = ?")) {
        delete.setString(1, signal);
        delete.executeUpdate();
      }
    }
  }

  private boolean isThere() throws SQLException {
    try (PreparedStatement query = database.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
      query.setString(1, asked.quoted());
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }
}
