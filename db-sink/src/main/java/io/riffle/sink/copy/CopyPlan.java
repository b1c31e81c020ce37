package io.riffle.sink.copy;

import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.layout.History;
import io.riffle.schemas.layout.Kind;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Lines;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * How merged records of one writer schema become COPY rows. Compiled once per schema; then {@link
 * #head} and {@link #rows} in turn for every record. Not for use by several threads: buffers are
 * reused.
 */
public final class CopyPlan {
  private final Layout layout;
  private final Schema merge;
  private final RowPlan header;
  private final ChildPlan[] children;
  private final int columns;
  private final boolean hashed;
  private final RowBuffer headerRow = new RowBuffer();

  private CopyPlan(Layout layout, Schema merge, RowPlan header, List<ChildPlan> children) {
    this.layout = layout;
    this.merge = merge;
    this.header = header;
    this.children = children.toArray(ChildPlan[]::new);
    this.columns = CopyColumns.header(layout).size();
    this.hashed = layout.hasLines();
  }

  /**
   * The plan of one writer schema.
   *
   * @throws UnknownLayoutException when the writer's schema has what the layout does not know, or
   *     lacks what it requires
   */
  public static CopyPlan compile(Layout layout, Schema writer) {
    List<Schema.Field> fields = new ArrayList<>(writer.getFields());
    if (layout.key().kind() != Kind.LONG) {
      throw new UnknownLayoutException(layout.type() + ": the key must be a whole number");
    }
    if (fields.isEmpty() || !fields.get(0).name().equals(RecordSchemas.MERGE)) {
      throw new UnknownLayoutException(writer.getFullName() + " does not start with its origin");
    }
    Schema merge = fields.remove(0).schema();
    List<Schema.Field> arrays = takeArrays(layout, fields);
    RowPlan header = RowPlan.compile(layout.headerTable(), layout.headerColumns(), fields);
    return new CopyPlan(layout, merge, header, children(layout, header, arrays));
  }

  /** The arrays come last, so that the key is known when they are copied. */
  private static List<Schema.Field> takeArrays(Layout layout, List<Schema.Field> fields) {
    int expected = (layout.hasLines() ? 1 : 0) + (layout.history().isPresent() ? 1 : 0);
    if (fields.size() < expected) {
      throw new UnknownLayoutException(layout.type() + ": a record does not end in its lines");
    }
    List<Schema.Field> end = fields.subList(fields.size() - expected, fields.size());
    List<Schema.Field> arrays = List.copyOf(end);
    end.clear();
    return arrays;
  }

  private static List<ChildPlan> children(
      Layout layout, RowPlan header, List<Schema.Field> arrays) {
    List<ChildPlan> children = new ArrayList<>();
    if (layout.lines() == Lines.ROWS) {
      children.add(LinePlan.compile(layout, arrays.get(0)));
    } else if (layout.lines() == Lines.YEARS) {
      int year = layout.headerColumns().indexOf(layout.lineKey().orElseThrow());
      children.add(YearPlan.compile(layout, arrays.get(0), header.watchYear(year)));
    }
    if (layout.history().isPresent()) {
      History history = layout.history().get();
      children.add(HistoryPlan.compile(history, arrays.get(children.size())));
    }
    return children;
  }

  /** Whether the rows are of the layout's type. */
  public boolean isOf(Layout other) {
    return layout.type().equals(other.type());
  }

  /** What the rows are of. */
  public Layout layout() {
    return layout;
  }

  /** Reads what caused the record; the cursor then stands at its columns. */
  public MergeHead head(AvroCursor in) throws MalformedValueException {
    return MergeHead.read(in, merge);
  }

  /** Copies the columns and the children, to the end of the value. */
  public MergedRow rows(AvroCursor in, MergeHead head, RowVersion version)
      throws MalformedValueException {
    headerRow.clear();
    headerRow.putShort(columns);
    header.copy(in, headerRow);
    Bytes[] rows = new Bytes[children.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = children[i].rows(in, header.key(), headerRow);
    }
    if (!in.atEnd()) {
      throw new MalformedValueException("bytes follow the record");
    }
    putOwnColumns(head, version, 0, headerRow); // the instant is known when they are written
    return new MergedRow(header.key(), header.person(), headerRow.toBytes(), List.of(rows));
  }

  /**
   * Copies the columns and the children behind the rows of other records.
   *
   * @param instant of writing, in microseconds since 2000-01-01
   * @param recordKey the key that the record has, without which its offset would order nothing
   * @param rows of the layout's tables; as they were when the value turns out to be malformed
   * @return the record's key
   */
  public long append(
      AvroCursor in,
      MergeHead head,
      RowVersion version,
      long instant,
      long recordKey,
      RowBlocks rows)
      throws MalformedValueException {
    rows.mark();
    try {
      RowBuffer record = rows.buffer(0);
      record.putShort(columns);
      header.copy(in, record);
      for (int i = 0; i < children.length; i++) {
        children[i].append(in, header.key(), record, rows.buffer(i + 1));
      }
      if (!in.atEnd() || header.key() != recordKey) {
        throw new MalformedValueException("bytes follow the record, or it has another key");
      }
      putOwnColumns(head, version, instant, record);
      return header.key();
    } catch (MalformedValueException e) {
      rows.unmark();
      throw e;
    }
  }

  private void putOwnColumns(MergeHead head, RowVersion version, long instant, RowBuffer row) {
    row.putInt(Integer.BYTES);
    row.putInt(version.generation());
    row.putInt(Long.BYTES);
    row.putLong(version.offset());
    if (hashed) {
      row.putInt(Long.BYTES);
      row.putLong(head.linesHash());
    }
    row.putInt(Long.BYTES);
    row.putLong(instant);
  }
}
