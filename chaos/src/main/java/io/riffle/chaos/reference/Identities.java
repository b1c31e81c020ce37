package io.riffle.chaos.reference;

import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.History;
import io.riffle.schemas.layout.Layout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Former identities of persons: those that another one followed. */
final class Identities {

  private Identities() {}

  /** Notes what the FULL record that was just put shows; what it lacks is as it was before. */
  static void show(Layout layout, Known known, Predicate<Column> has) {
    layout.history().ifPresent(history -> known.identities.add(shown(history, known, has)));
  }

  private static Map<String, String> shown(History history, Known known, Predicate<Column> has) {
    Map<String, String> before =
        known.identities.isEmpty() ? Map.of() : known.identities.get(known.identities.size() - 1);
    Map<String, String> shown = new HashMap<>(before);
    for (Column column : history.columns()) {
      if (has.test(column)) {
        shown.put(column.sqlName(), known.header.get(column.sqlName()));
      }
    }
    return shown;
  }

  static Rows followed(Layout layout, History history, Map<String, Known> persons) {
    String key = layout.key().sqlName();
    List<String> columns =
        Stream.concat(Stream.of(key), history.columns().stream().map(Column::sqlName))
            .sorted()
            .toList();
    Rows rows = Rows.of(history.table(), columns);
    persons.forEach(
        (person, known) -> {
          for (int i = 0; i + 1 < known.identities.size(); i++) {
            Map<String, String> one = known.identities.get(i);
            if (differ(history, one, known.identities.get(i + 1))) {
              Map<String, String> values = new HashMap<>(one);
              values.put(key, person);
              rows.add(List.of(), values);
            }
          }
        });
    return rows;
  }

  private static boolean differ(
      History history, Map<String, String> one, Map<String, String> next) {
    return history.identity().stream()
        .map(Column::sqlName)
        .anyMatch(name -> !Objects.equals(one.get(name), next.get(name)));
  }
}
