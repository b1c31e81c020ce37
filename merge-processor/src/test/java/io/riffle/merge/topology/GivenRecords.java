package io.riffle.merge.topology;

import io.riffle.merge.record.Year;
import io.riffle.schemas.control.Version;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Lines;
import io.riffle.schemas.layout.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Sets of records of one key, and orders to deliver them in, all from one seed. */
public final class GivenRecords {
  private static final int MOST_RECORDS = 9;
  private static final int MOST_LINES = 4;
  private static final List<String> VALUES = List.of("a", "b", "");
  private static final List<Integer> YEARS = List.of(7, 2020, 2021, 9999);

  private final Random random;
  private final Layout layout;

  public GivenRecords(long seed, Layout layout) {
    this.random = new Random(seed);
    this.layout = layout;
  }

  public Random random() {
    return random;
  }

  public List<Given> set() {
    Set<Version> versions = new TreeSet<>();
    int size = 1 + random.nextInt(MOST_RECORDS);
    while (versions.size() < size) {
      versions.add(version());
    }
    return versions.stream().map(this::record).toList();
  }

  /** A full record, with lines where the type has them. */
  public Given fullRecord() {
    return full(version());
  }

  /** Each record one to three times, in any order. */
  public List<Given> deliveries(List<Given> set) {
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
    if (layout.lines() == Lines.YEARS) {
      return person(version, dice);
    }
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

  private Given person(Version version, int dice) {
    if (dice < 9) {
      return new Given(version, Given.Kind.DELETE, Map.of(), Map.of());
    } else if (dice < 24) {
      List<Column> ofRow = layout.history().orElseThrow().columns();
      return new Given(version, Given.Kind.HISTORY, fields(some(ofRow, true)), Map.of());
    } else if (dice < 70) {
      return fullPerson(version);
    }
    Map<String, Optional<String>> header = fields(some(layout.headerColumns(), false));
    return new Given(version, Given.Kind.MERGE, header, random.nextBoolean() ? year() : Map.of());
  }

  /** A record of one year, of no year, or of a file without the column. */
  private Given fullPerson(Version version) {
    Map<String, Optional<String>> header = fields(some(layout.headerColumns(), true));
    String column = layout.lineKey().orElseThrow().sqlName();
    int dice = random.nextInt(8);
    if (dice == 0) {
      return new Given(version, Given.Kind.FULL, header, Map.of());
    } else if (dice == 1) {
      header.put(column, Optional.empty());
      return new Given(version, Given.Kind.FULL, header, Map.of(Year.NONE, months()));
    }
    Map<Integer, Map<String, Optional<String>>> year = year();
    header.put(column, Optional.of("" + year.keySet().iterator().next()));
    return new Given(version, Given.Kind.FULL, header, year);
  }

  private Map<Integer, Map<String, Optional<String>>> year() {
    return Map.of(YEARS.get(random.nextInt(YEARS.size())), months());
  }

  private Map<String, Optional<String>> months() {
    return fields(some(layout.lineColumns(), false));
  }

  /** A derived column is there where its source is. */
  private Set<Column> some(List<Column> columns, boolean withRequired) {
    Set<Column> some = new LinkedHashSet<>();
    Set<String> sources = new HashSet<>();
    for (Column column : columns) {
      boolean must = withRequired && column.required();
      if (column.role() != Role.KEY && column.role() != Role.LINE_KEY) {
        boolean dice = must || random.nextInt(10) < 6;
        if (column.derived() ? sources.contains(column.source()) : dice) {
          some.add(column);
          sources.add(column.name());
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
