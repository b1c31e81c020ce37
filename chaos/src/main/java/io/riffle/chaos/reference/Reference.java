package io.riffle.chaos.reference;

import io.riffle.chaos.reference.RifFile.Row;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Level;
import io.riffle.schemas.layout.Lines;
import io.riffle.schemas.layout.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The tables of one type as a function of the files delivered. Files are given by ascending
 * version; then every field is what the last record that has it says, and a DELETE forgets all.
 *
 * <p>Whole claims are expected to stand together in their file, as generated ones do.
 */
public final class Reference {

  private final Layout layout;
  private final Spelling spelling;
  private final Map<String, Known> keys = new TreeMap<>();
  private String claim = "";

  public Reference(Layout layout, Hashing hashing) {
    this.layout = layout;
    this.spelling = new Spelling(hashing);
  }

  /** Puts the records of a file over those that were given before. */
  public void add(Path file, boolean merge) throws IOException {
    claim = "";
    RifFile.read(file, row -> put(row, merge));
  }

  private void put(Row row, boolean merge) {
    String key = value(layout.key(), row);
    boolean first = layout.lines() != Lines.ROWS || !key.equals(claim);
    claim = key;
    if (row.action().equals("DELETE")) {
      keys.remove(key);
      return;
    }
    Known known = keys.computeIfAbsent(key, k -> new Known());
    if (first) {
      startRecord(known, row, merge);
    }
    layout.lineKey().filter(row::has).ifPresent(line -> putLine(known, row, line, merge));
    if (first && !merge) {
      Identities.show(layout, known, row::has);
    }
  }

  private void startRecord(Known known, Row row, boolean merge) {
    if (!merge) {
      known.exists = true;
      known.newest.clear();
    }
    for (Column column : layout.headerColumns()) {
      // of a patch, key and line number say where it belongs and are no fields
      boolean place = column.role() == Role.KEY || column.role() == Role.LINE_KEY;
      if (row.has(column) && !(merge && place)) {
        known.header.put(column.sqlName(), value(column, row));
      }
    }
  }

  private void putLine(Known known, Row row, Column number, boolean merge) {
    String name = String.valueOf(value(number, row));
    if (!merge) {
      known.newest.add(name);
    }
    Map<String, String> line = known.line(name);
    for (Column column : layout.lineColumns()) {
      if (column.level() == Level.LINE && row.has(column)) {
        line.put(column.sqlName(), value(column, row));
      }
    }
  }

  private String value(Column column, Row row) {
    return spelling.of(column, row.field(column));
  }

  /** Keys that are in the tables. */
  public Set<String> keys() {
    Map<String, Known> shown = new TreeMap<>(keys);
    shown.values().removeIf(known -> !known.exists);
    return shown.keySet();
  }

  /** The rows of all tables of the type. */
  public List<Rows> tables() {
    List<Rows> tables = new ArrayList<>(List.of(header()));
    layout
        .lineTable()
        .map(table -> layout.lines() == Lines.YEARS ? Months.of(layout, keys) : lines(table))
        .ifPresent(tables::add);
    layout
        .history()
        .map(history -> Identities.followed(layout, history, keys))
        .ifPresent(tables::add);
    return tables;
  }

  private Rows header() {
    List<Column> columns = layout.tableColumns();
    Rows rows = Rows.of(layout.headerTable(), names(columns));
    keys.forEach(
        (key, known) -> {
          if (known.exists) {
            Map<String, String> values = new HashMap<>(known.header);
            if (layout.lines() == Lines.YEARS) {
              known.newest.forEach(year -> values.putAll(known.line(year)));
            }
            values.put(layout.key().sqlName(), key);
            rows.add(List.of(layout.key().sqlName()), values);
          }
        });
    return rows;
  }

  private Rows lines(String table) {
    String key = layout.key().sqlName();
    String number = layout.lineKey().orElseThrow().sqlName();
    List<Column> columns = new ArrayList<>(layout.lineColumns());
    columns.add(layout.key());
    Rows rows = Rows.of(table, names(columns));
    keys.forEach(
        (name, known) ->
            known.newest.forEach(
                line -> {
                  Map<String, String> values = new HashMap<>(known.line(line));
                  values.put(key, name);
                  values.put(number, line);
                  rows.add(List.of(key, number), values);
                }));
    return rows;
  }

  private static List<String> names(List<Column> columns) {
    return columns.stream().map(Column::sqlName).sorted().toList();
  }
}
