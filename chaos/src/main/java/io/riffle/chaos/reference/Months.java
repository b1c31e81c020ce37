package io.riffle.chaos.reference;

import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Layout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The months of persons: a row for each that has a value, of all years that were said. */
final class Months {

  private static final String MONTH = "year_month";

  private Months() {}

  static Rows of(Layout layout, Map<String, Known> persons) {
    String key = layout.key().sqlName();
    List<String> columns = new ArrayList<>(layout.months().keySet());
    columns.addAll(List.of(key, MONTH));
    Rows rows = Rows.of(layout.lineTable().orElseThrow(), columns.stream().sorted().toList());
    persons.forEach(
        (person, known) -> {
          if (known.exists) {
            known.lines.forEach((year, fields) -> add(rows, layout, person, year, fields));
          }
        });
    return rows;
  }

  private static void add(
      Rows rows, Layout layout, String person, String year, Map<String, String> fields) {
    if (year.equals("null")) {
      return;
    }
    for (int month = 1; month <= last(layout); month++) {
      Map<String, String> values = month(layout, month, fields);
      if (values.values().stream().anyMatch(value -> value != null)) {
        values.put(layout.key().sqlName(), person);
        values.put(MONTH, String.format(Locale.ROOT, "%04d-%02d-01", Integer.valueOf(year), month));
        rows.add(List.of(layout.key().sqlName(), MONTH), values);
      }
    }
  }

  private static Map<String, String> month(Layout layout, int month, Map<String, String> fields) {
    Map<String, String> values = new HashMap<>();
    for (Map.Entry<String, List<Column>> cell : layout.months().entrySet()) {
      values.put(cell.getKey(), fields.get(cell.getValue().get(month - 1).sqlName()));
    }
    return values;
  }

  private static int last(Layout layout) {
    return layout.months().values().stream().mapToInt(List::size).max().orElse(0);
  }
}
