package io.riffle.chaos.check;

import io.riffle.chaos.check.Finding.Kind;
import io.riffle.chaos.reference.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The rows of a table beside those that it has to hold. */
final class TableComparison {

  private final Rows expected;
  private final Rows stored;
  private final Set<String> columns = new TreeSet<>();
  private long missing;
  private long different;

  TableComparison(Rows expected, Rows stored) {
    this.expected = expected;
    this.stored = stored;
    expected.byKey().forEach(this::compare);
  }

  private void compare(String key, List<String> values) {
    List<String> found = stored.byKey().get(key);
    if (found == null) {
      missing++;
    } else if (!found.equals(values)) {
      different++;
      for (int i = 0; i < values.size(); i++) {
        if (!Objects.equals(values.get(i), found.get(i))) {
          columns.add(expected.columns().get(i));
        }
      }
    }
  }

  List<Finding> findings() {
    String table = expected.table();
    if (!expected.columns().equals(stored.columns())) {
      return List.of(
          new Finding(
              "TablesEqualReference", Kind.DIFFERENT, table + " has other columns", stored.size()));
    }
    long extra =
        stored.byKey().keySet().stream().filter(key -> !expected.byKey().containsKey(key)).count();
    List<Finding> findings = new ArrayList<>();
    add(findings, "EveryRecordStored", Kind.LOST, missing, table + " lacks %d rows");
    add(findings, "TablesEqualReference", Kind.DOUBLED, extra, table + " has %d rows too many");
    add(
        findings,
        "TablesEqualReference",
        Kind.DIFFERENT,
        different,
        table + " has %d rows with other values, in " + String.join(", ", columns));
    return findings;
  }

  private static void add(
      List<Finding> findings, String promise, Kind kind, long count, String what) {
    if (count > 0) {
      findings.add(new Finding(promise, kind, what.replace("%d", Long.toString(count)), count));
    }
  }
}
