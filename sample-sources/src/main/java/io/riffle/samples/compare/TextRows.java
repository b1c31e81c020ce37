package io.riffle.samples.compare;

import io.riffle.samples.rows.ColumnShape;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows of a table as texts, in the order of the texts of their first columns, byte by byte. The
 * settings of server, database and role have no say in the texts.
 */
final class TextRows implements AutoCloseable {

  private static final int FETCHED = 200;

  private final Statement statement;
  private final ResultSet rows;
  private final int columns;
  private final int ordering;
  private String[] row;

  private TextRows(Statement statement, ResultSet rows, int columns, int ordering) {
    this.statement = statement;
    this.rows = rows;
    this.columns = columns;
    this.ordering = ordering;
  }

  /**
   * Reads a table.
   *
   * @param connection that does not commit by itself
   * @param ordering how many of the columns order the rows
   */
  static TextRows open(
      Connection connection, String table, List<ColumnShape> columns, int ordering, String where)
      throws SQLException {
    Statement statement = connection.createStatement();
    statement.execute(
        """
        SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD';
        SET LOCAL IntervalStyle = 'postgres'; SET LOCAL bytea_output = 'hex';
        SET LOCAL extra_float_digits = 1; SET LOCAL xmlbinary = 'base64'
        """);
    statement.setFetchSize(FETCHED);
    String order =
        columns.subList(0, ordering).stream()
            .map(column -> column.quoted() + "::text COLLATE \"C\"")
            .collect(Collectors.joining(", "));
    String texts =
        columns.stream().map(c -> c.quoted() + "::text").collect(Collectors.joining(", "));
    String sql = "SELECT %s FROM %s WHERE %s ORDER BY %s".formatted(texts, table, where, order);
    return new TextRows(statement, statement.executeQuery(sql), columns.size(), ordering);
  }

  /** Goes on to the next row. */
  boolean next() throws SQLException {
    if (!rows.next()) {
      row = null;
      return false;
    }
    row = new String[columns];
    for (int i = 0; i < columns; i++) {
      row[i] = rows.getString(i + 1);
    }
    return true;
  }

  boolean isAtEnd() {
    return row == null;
  }

  String text(int column) {
    return row[column];
  }

  /** Where this row stands to the other one; who is at its end is after all rows. */
  int compareTo(TextRows other) {
    if (isAtEnd() || other.isAtEnd()) {
      return Boolean.compare(isAtEnd(), other.isAtEnd());
    }
    int order = 0;
    for (int i = 0; order == 0 && i < ordering; i++) {
      order = compare(row[i], other.row[i]);
    }
    return order;
  }

  /** As Postgres: nulls last. */
  private static int compare(String left, String right) {
    if (left == null || right == null) {
      return Boolean.compare(left == null, right == null);
    }
    return Arrays.compareUnsigned(
        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
