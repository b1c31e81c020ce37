package io.riffle.sink.write;

import io.riffle.schemas.ddl.TableDdl;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Lines;
import io.riffle.sink.copy.CopyColumns;
import java.util.ArrayList;
import java.util.List;

/**
 * The statements that write a child table of a type: rows that belong to a row of the header table.
 * They are looked at only where the hash over all of a record's children differs from the one in
 * the header table, which is written last. The names s, t, l, n stand for staged rows and the
 * header table, the child table, its staged rows.
 */
abstract sealed class ChildSql permits LineSql, KeyedChildSql {
  /** Rows of the header table, staged. */
  record Parent(String key, String table, String stage) {}

  private final Parent parent;
  private final String table;
  private final Staging stage;

  ChildSql(Parent parent, String schema, String name, List<String> columns) {
    this.parent = parent;
    this.table = schema + "." + name;
    this.stage = new Staging("stage_" + name, table, columns);
  }

  /** The child tables of a type, in the order in which a merged row carries their rows. */
  static List<ChildSql> of(Layout layout, String schema, Parent parent) {
    List<ChildSql> children = new ArrayList<>();
    layout
        .lineTable()
        .ifPresent(
            name ->
                children.add(
                    layout.lines() == Lines.YEARS
                        ? months(layout, schema, name, parent)
                        : new LineSql(layout, schema, name, parent)));
    layout
        .history()
        .ifPresent(
            history ->
                children.add(
                    new KeyedChildSql(
                        parent,
                        schema,
                        history.table(),
                        CopyColumns.history(layout, history),
                        List.of(TableDdl.LAST_UPDATED))));
    return children;
  }

  private static ChildSql months(Layout layout, String schema, String name, Parent parent) {
    return new KeyedChildSql(parent, schema, name, CopyColumns.months(layout), List.of());
  }

  String createStaging() {
    return stage.create();
  }

  String copy() {
    return stage.copy();
  }

  /** Forgets what is staged for rows that were refused. */
  String dropOfRefused() {
    return String.format(
        "DELETE FROM %1$s n WHERE NOT EXISTS (SELECT FROM %2$s s WHERE s.%3$s = n.%3$s)",
        stage.table(), parent.stage(), parent.key());
  }

  /**
   * Makes the table's rows those that are staged, where the hash differs; strays of keys that have
   * no row in the header table go too.
   */
  abstract List<String> rewrite();

  /** Forgets what is staged for rows whose children are in the table as they are. */
  String dropEqual() {
    return String.format(
        "DELETE FROM %1$s n USING %2$s s JOIN %3$s t USING (%4$s)"
            + " WHERE n.%4$s = s.%4$s AND t.%5$s = s.%5$s",
        stage.table(), parent.stage(), parent.table(), parent.key(), TableDdl.LINES_HASH);
  }

  /** The children of rows whose hash differs. */
  String deleteChanged() {
    return String.format(
        "DELETE FROM %1$s l USING %2$s s LEFT JOIN %3$s t ON t.%4$s = s.%4$s"
            + " WHERE l.%4$s = s.%4$s AND t.%5$s IS DISTINCT FROM s.%5$s",
        table, parent.stage(), parent.table(), parent.key(), TableDdl.LINES_HASH);
  }

  /** The children of rows that are to go. */
  String deleteOf(Staging removed) {
    return String.format(
        "DELETE FROM %1$s l USING %2$s s WHERE l.%3$s = s.%3$s",
        table, removed.table(), parent.key());
  }

  String key() {
    return parent.key();
  }

  String table() {
    return table;
  }

  Staging stage() {
    return stage;
  }
}
