package io.riffle.infra.dump;

import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** The tables that the layouts of this build fill. */
public final class TablesOfRecord {

  private static final String PERSONS = "BENEFICIARY";
  private static final List<String> CHILDREN_OF_PERSONS =
      List.of("beneficiary_monthly", "beneficiaries_history");

  private TablesOfRecord() {}

  /** Names in alphabetical order: header tables, line tables, and the child tables of persons. */
  public static List<String> of(Layouts layouts) {
    NavigableSet<String> tables = new TreeSet<>();
    for (Layout layout : layouts.all()) {
      tables.add(layout.headerTable());
      layout.lineTable().ifPresent(tables::add);
      if (layout.type().equals(PERSONS)) {
        tables.addAll(CHILDREN_OF_PERSONS);
      }
    }
    return List.copyOf(tables);
  }
}
