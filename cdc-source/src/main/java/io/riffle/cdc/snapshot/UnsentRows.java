package io.riffle.cdc.snapshot;

import io.riffle.cdc.source.EventNames;
import io.riffle.cdc.source.Identifiers;
import io.riffle.cdc.source.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Rows of staging tables that lack a value which the source has (their {@code riffle_unsent}).
 * Debezium drops a row of a snapshot when the stream has an update of it at that moment, and an
 * update comes without the large values that it left alone: those are never sent, unless somebody
 * asks for the row once more.
 */
final class UnsentRows {
  /** So many keys are asked for at once. */
  private static final int MOST = 200;

  private static final String WHERE =
      " WHERE riffle_unsent IS NOT NULL AND riffle_deleted_at IS NULL";

  private final Connection target;
  private final String source;

  /**
   * @param target the database of staging tables, which has the ledger, too
   */
  UnsentRows(Connection target, String source) {
    this.target = target;
    this.source = source;
  }

  /** Whether a table has such rows. */
  boolean areIn(TableName table) throws SQLException {
    return isStaged(table)
        && !texts("SELECT 1::text FROM " + staging(table) + WHERE, 1, 1).isEmpty();
  }

  /**
   * Keys of rows.
   *
   * @param columns of the key, as the source calls them
   * @param texts of each row's values, as Postgres writes and reads them; health data
   */
  record Keys(List<String> columns, List<List<String>> texts) {
    @Override
    public String toString() {
      return "Keys[" + columns + ", " + texts.size() + " rows]";
    }
  }

  /** Keys of some of them; none when there are none. */
  Optional<Keys> keys(TableName table) throws SQLException {
    List<String> key = isStaged(table) ? key(table) : List.of();
    if (key.isEmpty()) {
      return Optional.empty();
    }
    String columns =
        key.stream()
            .map(name -> Identifiers.quote(name) + "::text")
            .collect(Collectors.joining(", "));
    List<List<String>> rows =
        texts("SELECT " + columns + " FROM " + staging(table) + WHERE, key.size(), MOST);
    return rows.isEmpty() ? Optional.empty() : Optional.of(new Keys(key, rows));
  }

  private String staging(TableName table) {
    return Identifiers.quote("stg_" + source)
        + "."
        + Identifiers.quote(EventNames.topicPart(table.table()));
  }

  private boolean isStaged(TableName table) throws SQLException {
    String sql = "SELECT to_regclass(?) IS NOT NULL";
    try (PreparedStatement query = target.prepareStatement(sql)) {
      query.setString(1, staging(table));
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /** In the staging table, which has the source's names. */
  private List<String> key(TableName table) throws SQLException {
    String sql =
        "SELECT key_columns FROM riffle.cdc_tables WHERE source = ? AND schema_name = ? AND table_name = ?";
    try (PreparedStatement query = target.prepareStatement(sql)) {
      query.setString(1, source);
      query.setString(2, table.schema());
      query.setString(3, table.table());
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? List.of((String[]) row.getArray(1).getArray()) : List.of();
      }
    }
  }

  private List<List<String>> texts(String sql, int columns, int most) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (PreparedStatement query = target.prepareStatement(sql + " LIMIT " + most);
        ResultSet found = query.executeQuery()) {
      while (found.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
          row.add(found.getString(column));
        }
        rows.add(row);
      }
    }
    return rows;
  }
}
