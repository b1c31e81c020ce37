package io.riffle.operations.replay;

import io.riffle.schemas.layout.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A replay that could be run.
 *
 * @param layout of the type whose tables it writes
 * @param topic the merged topic
 * @param ranges none for a file that is read again
 * @param keys those it is limited to; health data
 * @param file where one was asked for
 * @param notes what was found on the way that the operator should know
 */
record ReplayPlan(
    ReplayRequest request,
    Layout layout,
    String topic,
    List<PlannedRange> ranges,
    Optional<long[]> keys,
    Optional<LedgerFile> file,
    List<String> notes) {

  /** At most so many records are read. */
  long records() {
    return ranges.stream().mapToLong(PlannedRange::records).sum();
  }

  /** All that hang together: header, lines or months, former identities. */
  static List<String> tables(Layout layout, String schema) {
    List<String> tables = new ArrayList<>(List.of(schema + "." + layout.headerTable()));
    layout.lineTable().ifPresent(table -> tables.add(schema + "." + table));
    layout.history().ifPresent(history -> tables.add(schema + "." + history.table()));
    return tables;
  }

  @Override
  public String toString() {
    return "ReplayPlan[" + request + ", " + topic + ", " + ranges + "]";
  }
}
