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
    putOwnColumns(head, version);
    return new MergedRow(header.key(), header.person(), headerRow.toBytes(), List.of(rows));
  }

  private void putOwnColumns(MergeHead head, RowVersion version) {
    headerRow.putInt(Integer.BYTES);
    headerRow.putInt(version.generation());
    headerRow.putInt(Long.BYTES);
    headerRow.putLong(version.offset());
    if (hashed) {
      headerRow.putInt(Long.BYTES);
      headerRow.putLong(head.linesHash());
    }
    headerRow.putInt(Long.BYTES);
    headerRow.putLong(0); // the instant of writing, which is known then
  }
}
