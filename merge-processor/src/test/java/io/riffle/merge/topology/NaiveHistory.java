package io.riffle.merge.topology;

import io.riffle.schemas.control.Version;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.History;
import io.riffle.schemas.layout.Layout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The former identities of a person, as literally as they can be said of sorted records. */
final class NaiveHistory {
  private final List<Row> rows = new ArrayList<>();
  private final List<Given> sent;

  /** A row; values by column, empty for null. */
  record Row(Version version, Map<String, Optional<String>> values) {}

  /** {@code effective} are the records that no DELETE has ended, by ascending version. */
  NaiveHistory(List<Given> effective, Layout layout) {
    this.sent = effective.stream().filter(r -> r.kind() == Given.Kind.HISTORY).toList();
    layout.history().ifPresent(history -> derive(effective, history));
    sent.forEach(
        r -> rows.add(new Row(r.version(), filled(r, Map.of(), layout.history().orElseThrow()))));
    rows.sort(Comparator.comparing(Row::version));
  }

  private void derive(List<Given> effective, History history) {
    List<Row> shown = new ArrayList<>();
    Map<String, Optional<String>> last = Map.of();
    for (Given record : effective) {
      if (record.kind() == Given.Kind.FULL) {
        last = filled(record, last, history);
        shown.add(new Row(record.version(), last));
      }
    }
    for (int i = 0; i + 1 < shown.size(); i++) {
      if (differ(shown.get(i), shown.get(i + 1), history)) {
        rows.add(shown.get(i));
      }
    }
  }

  private static boolean differ(Row one, Row next, History history) {
    return history.identity().stream()
        .map(Column::sqlName)
        .anyMatch(name -> !one.values().get(name).equals(next.values().get(name)));
  }

  /** What the record does not say is as before, and null before anything was said. */
  private static Map<String, Optional<String>> filled(
      Given record, Map<String, Optional<String>> before, History history) {
    Map<String, Optional<String>> values = new HashMap<>();
    for (Column column : history.columns()) {
      String name = column.sqlName();
      Optional<String> otherwise = before.getOrDefault(name, Optional.empty());
      values.put(name, record.header().getOrDefault(name, otherwise));
    }
    return values;
  }

  List<Row> rows() {
    return rows;
  }

  /** The records of files. */
  List<Given> sent() {
    return sent;
  }
}
