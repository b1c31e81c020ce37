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
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A table with a primary key, as all sessions see it. */
final class KeyedTable {

  private static final Set<String> STAMPS = Set.of("created_at", "updated_at", "deleted_at");

  private final String schema;
  private final RowMaker maker;
  private TableShape shape;
  private long lastKey;

  KeyedTable(String schema, TableShape shape, RowMaker maker, long lastKey) {
    this.schema = schema;
    this.shape = shape;
    this.maker = maker;
    this.lastKey = lastKey;
  }

  /** After its columns were changed. */
  void readAgain(Connection connection) throws SQLException {
    shape = TableShape.read(connection, schema, shape.name());
  }

  TableShape shape() {
    return shape;
  }

  String name() {
    return shape.name();
  }

  /** A row with a key that the table never had. */
  Map<String, String> newRow(long n) {
    return maker.row(shape, ++lastKey, n);
  }

  /** Another row with a key that it had. */
  Map<String, String> rowOf(List<String> key, long n) {
    Map<String, String> row = maker.row(shape, -n, n);
    for (int i = 0; i < key.size(); i++) {
      row.put(shape.key().get(i).name(), key.get(i));
    }
    return row;
  }

  List<String> newKey() {
    return List.copyOf(maker.key(shape, ++lastKey).values());
  }

  List<String> keyOf(Map<String, String> row) {
    return shape.key().stream().map(column -> row.get(column.name())).toList();
  }

  /** Columns that an ordinary update changes. */
  List<ColumnShape> shortColumns() {
    return shape.columns().stream()
        .filter(column -> !column.isKey() && !column.external())
        .filter(column -> !isStamp(column))
        .toList();
  }

  List<ColumnShape> longColumns() {
    return shape.columns().stream().filter(ColumnShape::external).toList();
  }

  List<ColumnShape> updatedAt() {
    return shape.columns().stream().filter(c -> c.name().equals("updated_at")).toList();
  }

  static boolean isStamp(ColumnShape column) {
    return STAMPS.contains(column.name());
  }

  RowMaker maker() {
    return maker;
  }

  /** All keys that the table has, in the order of their texts' bytes. */
  static List<List<String>> keys(Connection connection, TableShape shape) throws SQLException {
    String columns =
        shape.key().stream()
            .map(column -> column.quoted() + "::text COLLATE \"C\"")
            .collect(Collectors.joining(", "));
    String sql = "SELECT %1$s FROM %2$s ORDER BY %1$s".formatted(columns, shape.quoted());
    List<List<String>> keys = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        keys.add(key(row, shape.key().size()));
      }
    }
    return keys;
  }

  private static List<String> key(ResultSet row, int columns) throws SQLException {
    List<String> key = new ArrayList<>();
    for (int i = 1; i <= columns; i++) {
      key.add(row.getString(i));
    }
    return List.copyOf(key);
  }
}
