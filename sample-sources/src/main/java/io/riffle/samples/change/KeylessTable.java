package io.riffle.samples.change;

import io.riffle.samples.rows.ColumnShape;
import io.riffle.samples.rows.RowMaker;
import io.riffle.samples.rows.TableShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A table without a key: rows are found by their text and counted in its order, which a small table
 * allows. Only one session changes it, for a row has nobody else's name on it.
 */
final class KeylessTable {

  private static final String NTH =
      "(SELECT ctid FROM %1$s r ORDER BY r::text COLLATE \"C\" OFFSET %2$d LIMIT 1)";

  private final TableShape shape;
  private final RowMaker maker;

  KeylessTable(TableShape shape, RowMaker maker) {
    this.shape = shape;
    this.maker = maker;
  }

  String name() {
    return shape.name();
  }

  String quoted() {
    return shape.quoted();
  }

  /** Of the kinds there are insert, update and delete; one insert in five copies a row. */
  Optional<Undo> change(
      Connection connection, RowSql sql, ChangeKind wanted, long n, SplittableRandom random)
      throws SQLException {
    long rows = count(connection);
    ChangeKind kind = rows == 0 ? ChangeKind.INSERT : simple(wanted);
    String nth = NTH.formatted(shape.quoted(), rows == 0 ? 0 : random.nextLong(rows));
    switch (kind) {
      case UPDATE -> update(connection, nth, n, random);
      case DELETE -> execute(connection, "DELETE FROM %s WHERE ctid = %s", nth);
      default -> insert(connection, sql, rows > 0 && random.nextInt(5) == 0, nth, n);
    }
    return Optional.of(new Undo(shape.name(), kind, () -> {}));
  }

  private static ChangeKind simple(ChangeKind wanted) {
    return switch (wanted) {
      case INSERT, REINSERT -> ChangeKind.INSERT;
      case DELETE -> ChangeKind.DELETE;
      default -> ChangeKind.UPDATE;
    };
  }

  private void insert(Connection connection, RowSql sql, boolean copy, String nth, long n)
      throws SQLException {
    if (copy) {
      execute(connection, "INSERT INTO %1$s SELECT * FROM %1$s WHERE ctid = %2$s", nth);
    } else {
      sql.insert(shape, maker.row(shape, -n, n));
    }
  }

  private void update(Connection connection, String nth, long n, SplittableRandom random)
      throws SQLException {
    List<ColumnShape> columns = shape.columns();
    ColumnShape column = columns.get(random.nextInt(columns.size()));
    String sql =
        "UPDATE %s SET %s = ? WHERE ctid = %s".formatted(shape.quoted(), column.quoted(), nth);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, maker.value(column, n, random), Types.OTHER);
      statement.executeUpdate();
    }
  }

  private void execute(Connection connection, String sql, String nth) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql.formatted(shape.quoted(), nth));
    }
  }

  private long count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM " + shape.quoted())) {
      row.next();
      return row.getLong(1);
    }
  }
}
