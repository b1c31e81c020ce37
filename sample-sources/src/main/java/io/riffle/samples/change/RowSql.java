package io.riffle.samples.change;

import io.riffle.samples.rows.ColumnShape;
import io.riffle.samples.rows.TableShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Statements on one row; values are texts, whose types the server knows by their columns. */
final class RowSql {

  private final Connection connection;

  RowSql(Connection connection) {
    this.connection = connection;
  }

  void insert(TableShape table, Map<String, String> row) throws SQLException {
    String columns = list(table.columns(), "%s", ", ");
    String marks = String.join(", ", Collections.nCopies(table.columns().size(), "?"));
    run(
        "INSERT INTO %s (%s) VALUES (%s)".formatted(table.quoted(), columns, marks),
        table.columns().stream().map(column -> row.get(column.name())).toList());
  }

  /** Whether there is such a row. */
  boolean update(TableShape table, List<ColumnShape> columns, List<String> values, List<String> key)
      throws SQLException {
    List<String> parameters = new ArrayList<>(values);
    parameters.addAll(key);
    return run(
            "UPDATE %s SET %s WHERE %s"
                .formatted(table.quoted(), list(columns, "%s = ?", ", "), where(table)),
            parameters)
        > 0;
  }

  /** Sets a column to what it is. */
  boolean touch(TableShape table, ColumnShape column, List<String> key) throws SQLException {
    return run(
            "UPDATE %1$s SET %2$s = %2$s WHERE %3$s"
                .formatted(table.quoted(), column.quoted(), where(table)),
            key)
        > 0;
  }

  boolean delete(TableShape table, List<String> key) throws SQLException {
    return run("DELETE FROM %s WHERE %s".formatted(table.quoted(), where(table)), key) > 0;
  }

  private static String where(TableShape table) {
    return list(table.key(), "%s = ?", " AND ");
  }

  private static String list(List<ColumnShape> columns, String each, String between) {
    return columns.stream()
        .map(column -> each.formatted(column.quoted()))
        .collect(Collectors.joining(between));
  }

  private int run(String sql, List<String> parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.size(); i++) {
        statement.setObject(i + 1, parameters.get(i), Types.OTHER);
      }
      return statement.executeUpdate();
    }
  }
}
