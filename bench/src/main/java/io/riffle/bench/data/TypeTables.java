package io.riffle.bench.data;

import io.riffle.infra.generate.GeneratedFile;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.layout.Lines;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** The tables of record that a type fills. */
public final class TypeTables {

  private final Layouts layouts;
  private final Layout layout;

  public TypeTables(Layouts layouts, Layout layout) {
    this.layouts = layouts;
    this.layout = layout;
  }

  /** Those that get a row for each of something in its files: records first, then lines. */
  public List<String> filled() {
    List<String> tables = new ArrayList<>(List.of(layout.headerTable()));
    layout.lineTable().ifPresent(tables::add);
    return tables;
  }

  /** All that have to be empty before a round; persons with all that hangs on them. */
  public List<String> emptied() {
    List<String> tables = new ArrayList<>(filled());
    Layout persons = layout.joins().map(layouts::get).orElse(layout);
    if (persons.lines() == Lines.YEARS) {
      String months = persons.lineTable().orElseThrow();
      tables.addAll(List.of(persons.headerTable(), months, months + "_audit"));
      persons.history().ifPresent(history -> tables.add(history.table()));
    }
    return tables.stream().distinct().toList();
  }

  /** The order of the generated files: keys go down, lines and months go up. */
  public String fileOrder(String table) {
    String key = layout.key().sqlName() + " DESC";
    if (table.equals(layout.headerTable())) {
      return layout.joins().isPresent() ? key + ", riffle_record" : key;
    }
    return key
        + ", "
        + (layout.lines() == Lines.ROWS ? layout.lineKey().orElseThrow().sqlName() : "year_month");
  }

  /** Rows of each table after a load of these files. */
  Map<String, Long> rows(List<GeneratedFile> files) {
    Map<String, Long> rows = new LinkedHashMap<>();
    boolean joins = layout.joins().isPresent();
    rows.put(
        layout.headerTable(),
        sum(files, joins ? GeneratedFile::formerIdentities : GeneratedFile::records));
    boolean ofRows = layout.lines() == Lines.ROWS;
    layout
        .lineTable()
        .ifPresent(
            table ->
                rows.put(table, sum(files, ofRows ? GeneratedFile::rows : GeneratedFile::months)));
    return rows;
  }

  private static long sum(List<GeneratedFile> files, ToLongFunction<GeneratedFile> of) {
    return files.stream().mapToLong(of).sum();
  }
}
