package io.riffle.merge.topology;

import io.riffle.schemas.control.Version;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Sets of records of one key, and orders to deliver them in, all from one seed. */
final class GivenRecords {
  private static final int MOST_RECORDS = 9;
  private static final int MOST_LINES = 4;
  private static final List<String> VALUES = List.of("a", "b", "");

  private final Random random;
  private final Layout layout;

  GivenRecords(long seed, Layout layout) {
    this.random = new Random(seed);
    this.layout = layout;
  }

  Random random() {
    return random;
  }

  List<Given> set() {
    Set<Version> versions = new TreeSet<>();
    int size = 1 + random.nextInt(MOST_RECORDS);
    while (versions.size() < size) {
      versions.add(version());
    }
    return versions.stream().map(this::record).toList();
  }

  /** Each record one to three times, in any order. */
  List<Given> deliveries(List<Given> set) {
    List<Given> deliveries = new ArrayList<>();
    for (Given record : set) {
      deliveries.addAll(Collections.nCopies(1 + random.nextInt(3) * random.nextInt(2), record));
    }
    Collections.shuffle(deliveries, random);
    return deliveries;
  }

  private Version version() {
    return new Version(
        random.nextInt(3),
        random.nextInt(2),
        random.nextInt(2),
        random.nextInt(2),
        1 + random.nextInt(3));
  }

  private Given record(Version version) {
    int dice = random.nextInt(100);
    if (dice < 12) {
      return new Given(version, Given.Kind.DELETE, Map.of(), Map.of());
    }
    return dice < 55 ? full(version) : merge(version);
  }

  /** Older layouts lack some optional columns, the same ones in all lines. */
  private Given full(Version version) {
    Set<Column> columns = some(layout.headerColumns(), true);
    Set<Column> lineColumns = some(layout.lineColumns(), true);
    return new Given(version, Given.Kind.FULL, fields(columns), lines(lineColumns));
  }

  private Given merge(Version version) {
    Set<Column> columns = some(layout.headerColumns(), false);
    boolean withLines = layout.hasLines() && random.nextBoolean();
    Set<Column> lineColumns = some(layout.lineColumns(), false);
    return new Given(
        version, Given.Kind.MERGE, fields(columns), withLines ? lines(lineColumns) : Map.of());
  }

  private Set<Column> some(List<Column> columns, boolean withRequired) {
    Set<Column> some = new HashSet<>();
    for (Column column : columns) {
      boolean must = withRequired && column.required();
      if (column.role() != Role.KEY && column.role() != Role.LINE_KEY) {
        if (must || random.nextInt(10) < 6) {
          some.add(column);
        }
      }
    }
    return some;
  }

  private Map<Integer, Map<String, Optional<String>>> lines(Set<Column> columns) {
    Map<Integer, Map<String, Optional<String>>> lines = new TreeMap<>();
    if (layout.hasLines()) {
      for (int line = 1; line <= MOST_LINES; line++) {
        if (random.nextBoolean()) {
          lines.put(line, fields(columns));
        }
      }
    }
    return lines;
  }

  private Map<String, Optional<String>> fields(Set<Column> columns) {
    Map<String, Optional<String>> fields = new HashMap<>();
    for (Column column : columns) {
      fields.put(column.sqlName(), value(column));
    }
    return fields;
  }

  private Optional<String> value(Column column) {
    String value = VALUES.get(random.nextInt(VALUES.size()));
    return value.isEmpty() && !column.required() ? Optional.empty() : Optional.of(value);
  }
}
