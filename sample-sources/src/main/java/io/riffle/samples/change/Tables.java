package io.riffle.samples.change;

import io.riffle.samples.rows.ColumnShape;
import io.riffle.samples.rows.RowMaker;
import io.riffle.samples.rows.TableShape;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables of a writer.
 *
 * @param run number of the writer among those of its database
 */
record Tables(List<KeyedTable> keyed, List<KeylessTable> keyless, long run) {

  /**
   * More than a writer makes: numbers of changes are time stamps and go on from writer to writer.
   */
  private static final long CHANGES_A_RUN = 1_000_000;

  static Tables read(
      Connection connection, String schema, List<String> names, RowMaker maker, long run)
      throws SQLException {
    List<KeyedTable> keyed = new ArrayList<>();
    List<KeylessTable> keyless = new ArrayList<>();
    for (String name : names) {
      TableShape shape = TableShape.read(connection, schema, name);
      if (shape.key().isEmpty()) {
        keyless.add(new KeylessTable(shape, maker));
      } else {
        keyed.add(new KeyedTable(schema, shape, maker, lastKey(connection, shape)));
      }
    }
    return new Tables(List.copyOf(keyed), List.copyOf(keyless), run);
  }

  /** Rows of keyed tables to all sessions, tables without a key to the last one. */
  void dealTo(List<Session> sessions, Connection connection) throws SQLException {
    for (KeyedTable table : keyed) {
      List<List<String>> keys = KeyedTable.keys(connection, table.shape());
      sessions.forEach(session -> session.rowsOf(table));
      for (int i = 0; i < keys.size(); i++) {
        sessions.get(i % sessions.size()).rowsOf(table).add(keys.get(i));
      }
    }
    keyless.forEach(sessions.get(sessions.size() - 1)::own);
  }

  long changesBefore() {
    return run * CHANGES_A_RUN;
  }

  String quoted(String table) throws SQLException {
    return keyed.stream()
        .filter(one -> one.name().equals(table))
        .map(one -> one.shape().quoted())
        .findFirst()
        .or(
            () ->
                keyless.stream()
                    .filter(one -> one.name().equals(table))
                    .map(KeylessTable::quoted)
                    .findFirst())
        .orElseThrow(() -> new SQLException("there is no table " + table, "42P01"));
  }

  /** The number of the highest key that counts; 0 where none does. */
  private static long lastKey(Connection connection, TableShape shape) throws SQLException {
    List<ColumnShape> counting = shape.key().stream().filter(RowMaker::counts).toList();
    if (counting.isEmpty()) {
      return 0;
    }
    String sql =
        "SELECT coalesce(max(%s), 0) FROM %s".formatted(counting.get(0).quoted(), shape.quoted());
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return RowMaker.lastKey(shape, row.getLong(1));
    }
  }
}
