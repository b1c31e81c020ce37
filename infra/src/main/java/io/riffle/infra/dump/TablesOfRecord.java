package io.riffle.infra.dump;

import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** The tables that the layouts of this build fill. */
public final class TablesOfRecord {

  private TablesOfRecord() {}

  /** Names in alphabetical order: header tables, line tables (months for persons), history. */
  public static List<String> of(Layouts layouts) {
    NavigableSet<String> tables = new TreeSet<>();
    for (Layout layout : layouts.all()) {
      tables.add(layout.headerTable());
      layout.lineTable().ifPresent(tables::add);
      layout.history().ifPresent(history -> tables.add(history.table()));
    }
    return List.copyOf(tables);
  }
}
