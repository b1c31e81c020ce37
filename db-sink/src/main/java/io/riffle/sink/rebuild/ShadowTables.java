package io.riffle.sink.rebuild;

import io.riffle.schemas.ddl.TableDdl;
import io.riffle.schemas.layout.History;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Lines;
import io.riffle.sink.copy.CopyColumns;
import java.util.ArrayList;
import java.util.List;

/** The tables of a layout as a rebuild fills them, and the schemas they go through. */
final class ShadowTables {
  static final String DELETED_KEYS = "riffle_deleted_keys";
  private static final String HISTORY_ID = "bene_history_id";

  private final Layout layout;
  private final String live;
  private final String shadow;
  private final String old;
  private final List<ShadowTable> tables;

  /**
   * @param live schema of the tables of record
   */
  ShadowTables(Layout layout, String live, long id) {
    this.layout = layout;
    this.live = live;
    this.shadow = "riffle_rebuild_" + id;
    this.old = "riffle_old_" + id;
    this.tables = tables(layout);
  }

  private static List<ShadowTable> tables(Layout layout) {
    List<ShadowTable> tables = new ArrayList<>();
    tables.add(header(layout));
    layout.lineTable().ifPresent(name -> tables.add(lines(layout, name)));
    layout.history().ifPresent(history -> tables.add(history(layout, history)));
    return List.copyOf(tables);
  }

  private static ShadowTable header(Layout layout) {
    String key = layout.key().sqlName();
    return new ShadowTable(
        layout.headerTable(),
        CopyColumns.header(layout),
        versionHash(
            key,
            TableDdl.OFFSET,
            layout.hasLines() ? TableDdl.LINES_HASH : "0",
            TableDdl.GENERATION),
        List.of(key),
        List.of(TableDdl.LAST_UPDATED));
  }

  private static String versionHash(String key, String offset, String lines, String generation) {
    return String.format(
        "hashint8extended(%s, hashint8extended(%s, hashint8extended(%s, %s)))",
        key, offset, lines, generation);
  }

  private static ShadowTable lines(Layout layout, String name) {
    boolean years = layout.lines() == Lines.YEARS;
    List<String> columns = years ? CopyColumns.months(layout) : CopyColumns.lines(layout);
    String second = years ? columns.get(1) + " - date '2000-01-01'" : columns.get(1);
    return new ShadowTable(
        name,
        columns,
        "hashint8extended(" + columns.get(0) + ", " + second + ")",
        columns.subList(0, 2),
        List.of());
  }

  private static ShadowTable history(Layout layout, History history) {
    List<String> columns = CopyColumns.history(layout, history);
    return new ShadowTable(
        history.table(),
        columns,
        "hashint8extended(" + columns.get(0) + ", 0)",
        columns.subList(0, 2),
        List.of(HISTORY_ID, TableDdl.LAST_UPDATED));
  }

  Layout layout() {
    return layout;
  }

  /** The tables of record, that of the records first. */
  List<ShadowTable> all() {
    return tables;
  }

  /** Those, and behind them the table of deleted keys. */
  List<ShadowTable> loaded() {
    List<ShadowTable> loaded = new ArrayList<>(tables);
    loaded.add(
        new ShadowTable(
            DELETED_KEYS,
            List.of("type", "key", "generation", "\"offset\""),
            versionHash("key", "\"offset\"", "0", "generation"),
            List.of("key"),
            List.of("deleted_at")));
    return loaded;
  }

  /** The tables that instants of writing are put into by a default, for the time of the load. */
  List<String> stampedByDefault() {
    return layout.history().map(History::table).stream().toList();
  }

  String liveSchema() {
    return live;
  }

  /** Where the tables are built, and where the progress stays. */
  String schema() {
    return shadow;
  }

  /** Where the former tables are after the swap. */
  String oldSchema() {
    return old;
  }

  String live(ShadowTable table) {
    return live + "." + table.name();
  }

  String shadow(ShadowTable table) {
    return shadow + "." + table.name();
  }

  String deletedKeys() {
    return shadow + "." + DELETED_KEYS;
  }

  /** The rebuild itself, for the names of sessions and of the party that borrows the lease. */
  String application() {
    return shadow.replace('_', '-');
  }
}
