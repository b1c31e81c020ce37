package io.riffle.sink.write;

import io.riffle.schemas.ddl.TableDdl;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Lines;
import io.riffle.sink.copy.CopyColumns;
import io.riffle.sink.record.Incoming.Put;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A child table of a type: rows that belong to a row of the header table. It is looked at only for
 * records without a row, and for those where the hash over all children differs from the row's. The
 * names l, n, s stand for the table, its staged rows, staged deletes.
 */
abstract sealed class ChildTable permits LineTable, KeyedTable {
  private final int child;
  private final String key;
  private final String table;

  /**
   * @param child which of a merged row's children it has
   * @param key the parent's key
   */
  ChildTable(int child, String key, String table) {
    this.child = child;
    this.key = key;
    this.table = table;
  }

  /** The child tables of a type, in the order in which a merged row carries their rows. */
  static List<ChildTable> of(Layout layout, String schema) {
    List<ChildTable> children = new ArrayList<>();
    layout.lineTable().ifPresent(table -> children.add(lines(layout, schema + "." + table)));
    layout
        .history()
        .ifPresent(
            history ->
                children.add(
                    new KeyedTable(
                        children.size(),
                        schema + "." + history.table(),
                        CopyColumns.history(layout, history),
                        List.of(TableDdl.LAST_UPDATED))));
    return children;
  }

  private static ChildTable lines(Layout layout, String table) {
    return layout.lines() == Lines.YEARS
        ? new KeyedTable(0, table, CopyColumns.months(layout), List.of())
        : new LineTable(0, table, CopyColumns.lines(layout));
  }

  /** What a session must have created before it writes. */
  abstract List<String> createStaging();

  /**
   * Makes the table's rows those of the records.
   *
   * @param childless records whose parents have no rows here
   * @param rewritten records whose parents may have
   */
  abstract void write(Statements statements, List<Put> childless, List<Put> rewritten)
      throws SQLException;

  void copy(Statements statements, String sql, List<Put> puts) throws SQLException {
    if (puts.stream().anyMatch(put -> put.row().children().get(child).length() > 0)) {
      statements.copy(
          sql,
          out -> {
            for (Put put : puts) {
              out.write(put.row().children().get(child).array());
            }
          });
    }
  }

  /** The children of rows that are to go. */
  String deleteOf(Staging removed) {
    return String.format(
        "DELETE FROM %1$s l USING %2$s s WHERE l.%3$s = s.%3$s", table, removed.table(), key);
  }

  /** Parents, of the given keys, that have rows here. */
  String findStrays() {
    return String.format("SELECT l.%1$s FROM %2$s l WHERE l.%1$s = ANY (?::bigint[])", key, table);
  }

  /** All rows of the parents whose keys are the parameter. */
  String deleteOfKeys() {
    return String.format("DELETE FROM %s l WHERE l.%s = ANY (?::bigint[])", table, key);
  }

  String key() {
    return key;
  }

  String table() {
    return table;
  }
}
