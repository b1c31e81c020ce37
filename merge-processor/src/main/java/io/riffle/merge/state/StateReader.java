package io.riffle.merge.state;

import io.riffle.merge.record.AvroInput;
import io.riffle.merge.record.MalformedException;
import io.riffle.merge.record.RowPlan;
import io.riffle.merge.record.RowScan;
import io.riffle.merge.rule.Cell;
import io.riffle.merge.rule.Cells;
import io.riffle.merge.rule.Fields;
import io.riffle.merge.rule.Identities;
import io.riffle.merge.rule.KeyState;
import io.riffle.merge.rule.Line;
import io.riffle.merge.rule.Shape;
import io.riffle.merge.rule.Slice;
import io.riffle.merge.state.PersonCodec.YearMark;
import io.riffle.schemas.control.Version;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Reads one stored key, behind the schema id. */
final class StateReader {
  private static final Slice NO_VALUE = Slice.of(new byte[0]);

  private final AvroInput in;
  private final byte[] stored;
  private final RowPlan plan;
  private final Shape shape;
  private final Cells header;
  private final NavigableMap<Integer, Line> lines = new TreeMap<>();

  StateReader(AvroInput in, byte[] stored, RowPlan plan, Shape shape) {
    this.in = in;
    this.stored = stored;
    this.plan = plan;
    this.shape = shape;
    this.header = new Cells(shape.headerColumns());
  }

  /** A field entry; {@code column} is -1 when the layout has lost it. */
  private record Entry(Optional<Integer> line, int column, Cell cell) {}

  KeyState read() {
    VersionTable versions = VersionTable.read(in);
    KeyState.Marks marks = new KeyState.Marks(versions.readMark(in), versions.readMark(in));
    BitSet neverHeader = readIndexes(in);
    BitSet neverLine = readIndexes(in);
    List<Entry> overrides = readEntries(versions, false);
    List<Entry> kept = readEntries(versions, true);
    List<YearMark> years = shape.years() ? PersonCodec.readYears(in, versions) : List.of();
    Identities identities = readIdentities(versions);
    marks.full().ifPresent(full -> readRow(full, neverHeader, neverLine, years, overrides));
    kept.forEach(this::put);
    return KeyState.restore(shape, marks, versions.all(), header, lines, identities);
  }

  private Identities readIdentities(VersionTable versions) {
    return shape.years()
        ? PersonCodec.readIdentities(in, versions, plan, identityColumns())
        : new Identities();
  }

  private int identityColumns() {
    return shape.identity().map(identity -> identity.columns().size()).orElse(0);
  }

  static BitSet readIndexes(AvroInput in) {
    BitSet indexes = new BitSet();
    for (int left = in.readCount(); left > 0; left--) {
      indexes.set(in.readUnsigned(Short.MAX_VALUE));
    }
    return indexes;
  }

  private List<Entry> readEntries(VersionTable versions, boolean withValue) {
    int count = in.readCount();
    List<Entry> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      entries.add(readEntry(versions, withValue));
    }
    return entries;
  }

  private Entry readEntry(VersionTable versions, boolean withValue) {
    boolean ofLine = in.readUnsigned(1) == 1;
    Optional<Integer> line = ofLine ? Optional.of(in.readInt()) : Optional.empty();
    int field = in.readUnsigned(Short.MAX_VALUE);
    int column = ofLine ? plan.lineColumn(field) : plan.headerColumn(field);
    Version version = versions.readIndex(in);
    long file = in.readUnsigned();
    return new Entry(line, column, new Cell(version, file, withValue ? in.readBytes() : NO_VALUE));
  }

  private void readRow(
      Version full,
      BitSet neverHeader,
      BitSet neverLine,
      List<YearMark> years,
      List<Entry> overrides) {
    RowScan row = plan.scan(stored, in.position());
    Fields headerFields = plan.header(row, true);
    NavigableMap<Integer, Fields> lineFields = plan.lines(row, true);
    fill(header, headerFields, full, columns(neverHeader, false));
    if (shape.years()) {
      readYears(lineFields, years);
    } else {
      BitSet never = columns(neverLine, true);
      lineFields.forEach((number, fields) -> lines.put(number, line(fields, full, never)));
    }
    for (Entry override : overrides) {
      Fields fields = override.line().map(lineFields::get).orElse(headerFields);
      put(withValue(override, fields));
    }
  }

  /** Marks stand in the order of the lines. */
  private void readYears(NavigableMap<Integer, Fields> lineFields, List<YearMark> years) {
    if (lineFields.size() != years.size()) {
      throw new MalformedException("not as many years as lines");
    }
    Iterator<YearMark> marks = years.iterator();
    lineFields.forEach((number, fields) -> lines.put(number, year(fields, marks.next())));
  }

  private Line year(Fields fields, YearMark mark) {
    Cells cells = new Cells(shape.lineColumns());
    BitSet never = columns(mark.never(), true);
    mark.base().ifPresent(base -> fill(cells, fields, base, never));
    return new Line(true, cells, mark.base());
  }

  /** Field indexes of the row's schema as columns of today's layout. */
  private BitSet columns(BitSet fields, boolean ofLine) {
    BitSet columns = new BitSet();
    fields.stream()
        .map(field -> ofLine ? plan.lineColumn(field) : plan.headerColumn(field))
        .filter(column -> column >= 0)
        .forEach(columns::set);
    return columns;
  }

  private Line line(Fields fields, Version full, BitSet never) {
    Cells cells = new Cells(shape.lineColumns());
    fill(cells, fields, full, never);
    return new Line(true, cells);
  }

  private static void fill(Cells cells, Fields fields, Version full, BitSet never) {
    for (int column = 0; column < cells.columns(); column++) {
      Slice value = fields.orNull(column);
      if (value != null && !never.get(column)) {
        cells.set(column, new Cell(full, Cell.FROM_FULL, value));
      }
    }
  }

  private static Entry withValue(Entry override, Fields fields) {
    if (override.column() < 0) {
      return override;
    }
    Cell cell = override.cell();
    Slice value = fields.get(override.column()).orElseThrow();
    return new Entry(
        override.line(), override.column(), new Cell(cell.version(), cell.file(), value));
  }

  private void put(Entry entry) {
    if (entry.column() >= 0) {
      cells(entry.line()).set(entry.column(), entry.cell());
    }
  }

  private Cells cells(Optional<Integer> line) {
    return line.map(number -> lines.computeIfAbsent(number, n -> absent()).cells()).orElse(header);
  }

  private Line absent() {
    return new Line(false, new Cells(shape.lineColumns()));
  }
}
