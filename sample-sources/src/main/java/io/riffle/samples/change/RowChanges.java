package io.riffle.samples.change;

import io.riffle.samples.rows.ColumnShape;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Changes single rows of a table in a session's transaction. */
final class RowChanges {

  private static final int MOST_COLUMNS = 4;

  private final RowSql sql;
  private final SplittableRandom random;

  RowChanges(RowSql sql, SplittableRandom random) {
    this.sql = sql;
    this.random = random;
  }

  /**
   * Makes a change of that kind, or one that is possible instead.
   *
   * @param n number of the change
   * @return empty when somebody else had deleted the row
   */
  Optional<Undo> change(KeyedTable table, OwnRows rows, ChangeKind wanted, long n)
      throws SQLException {
    ChangeKind kind = possible(table, rows, wanted);
    Optional<Runnable> forget =
        switch (kind) {
          case INSERT -> Optional.of(insert(table, rows, n));
          case REINSERT -> Optional.of(reinsert(table, rows, n));
          case DELETE -> delete(table, rows);
          case UPDATE_KEY -> move(table, rows, n);
          default -> update(table, rows, kind, n);
        };
    return forget.map(back -> new Undo(table.name(), kind, back));
  }

  private static ChangeKind possible(KeyedTable table, OwnRows rows, ChangeKind wanted) {
    return switch (wanted) {
      case INSERT -> ChangeKind.INSERT;
      case REINSERT -> rows.hasGone() ? wanted : ChangeKind.INSERT;
      case UPDATE_LONG -> {
        yield table.longColumns().isEmpty()
            ? possible(table, rows, ChangeKind.UPDATE)
            : rows.hasLive() ? wanted : ChangeKind.INSERT;
      }
      case UPDATE, UPDATE_SAME ->
          rows.hasLive() && !table.shortColumns().isEmpty() ? wanted : ChangeKind.INSERT;
      default -> rows.hasLive() ? wanted : ChangeKind.INSERT;
    };
  }

  private Runnable insert(KeyedTable table, OwnRows rows, long n) throws SQLException {
    Map<String, String> row = table.newRow(n);
    sql.insert(table.shape(), row);
    List<String> key = table.keyOf(row);
    rows.add(key);
    return () -> rows.remove(key);
  }

  private Runnable reinsert(KeyedTable table, OwnRows rows, long n) throws SQLException {
    List<String> key = rows.drawGone(random);
    sql.insert(table.shape(), table.rowOf(key, n));
    rows.bringBack(key);
    return () -> rows.delete(key);
  }

  private Optional<Runnable> delete(KeyedTable table, OwnRows rows) throws SQLException {
    List<String> key = rows.drawLive(random);
    boolean found = sql.delete(table.shape(), key);
    rows.delete(key);
    return found ? Optional.of(() -> rows.bringBack(key)) : Optional.empty();
  }

  private Optional<Runnable> move(KeyedTable table, OwnRows rows, long n) throws SQLException {
    List<String> key = rows.drawLive(random);
    List<String> moved = table.newKey();
    List<ColumnShape> columns = new ArrayList<>(table.shape().key());
    List<String> values = new ArrayList<>(moved);
    stamp(table, columns, values, n);
    boolean found = sql.update(table.shape(), columns, values, key);
    rows.delete(key);
    if (!found) {
      return Optional.empty();
    }
    rows.add(moved);
    return Optional.of(
        () -> {
          rows.remove(moved);
          rows.bringBack(key);
        });
  }

  private Optional<Runnable> update(KeyedTable table, OwnRows rows, ChangeKind kind, long n)
      throws SQLException {
    List<String> key = rows.drawLive(random);
    boolean found =
        switch (kind) {
          case UPDATE_SAME -> sql.touch(table.shape(), any(table.shortColumns()), key);
          case UPDATE_LONG -> set(table, List.of(any(table.longColumns())), key, n);
          default -> set(table, some(table.shortColumns()), key, n);
        };
    if (!found) {
      rows.delete(key);
      return Optional.empty();
    }
    return Optional.of(() -> {});
  }

  private boolean set(KeyedTable table, List<ColumnShape> chosen, List<String> key, long n)
      throws SQLException {
    List<ColumnShape> columns = new ArrayList<>(chosen);
    List<String> values = new ArrayList<>();
    for (ColumnShape column : columns) {
      values.add(table.maker().value(column, n, random));
    }
    stamp(table, columns, values, n);
    return sql.update(table.shape(), columns, values, key);
  }

  private void stamp(KeyedTable table, List<ColumnShape> columns, List<String> values, long n) {
    for (ColumnShape column : table.updatedAt()) {
      columns.add(column);
      values.add(table.maker().value(column, n, random));
    }
  }

  private ColumnShape any(List<ColumnShape> columns) {
    return columns.get(random.nextInt(columns.size()));
  }

  private List<ColumnShape> some(List<ColumnShape> columns) {
    List<ColumnShape> left = new ArrayList<>(columns);
    int number = random.nextInt(1, Math.min(MOST_COLUMNS, left.size()) + 1);
    List<ColumnShape> chosen = new ArrayList<>();
    while (chosen.size() < number) {
      chosen.add(left.remove(random.nextInt(left.size())));
    }
    return Collections.unmodifiableList(chosen);
  }
}
