package io.riffle.sink.copy;

import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.layout.Kind;
import io.riffle.schemas.layout.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * How merged records of one writer schema become COPY rows. Compiled once per schema; then {@link
 * #head} and {@link #rows} in turn for every record. Not for use by several threads: buffers are
 * reused.
 */
public final class CopyPlan {
  private final Schema merge;
  private final RowPlan header;
  private final Optional<RowPlan> line;
  private final RowBuffer headerRow = new RowBuffer();
  private final RowBuffer lineRows = new RowBuffer();

  private CopyPlan(Schema merge, RowPlan header, Optional<RowPlan> line) {
    this.merge = merge;
    this.header = header;
    this.line = line;
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
    Optional<RowPlan> line = linePlan(layout, fields);
    RowPlan header = RowPlan.compile(layout.headerTable(), layout.headerColumns(), fields);
    return new CopyPlan(merge, header, line);
  }

  /** The lines come last, so that the key is known when they are copied. */
  private static Optional<RowPlan> linePlan(Layout layout, List<Schema.Field> fields) {
    if (!layout.hasLines()) {
      return Optional.empty();
    }
    Schema.Field last = fields.remove(fields.size() - 1);
    if (!last.name().equals(RecordSchemas.LINES) || last.schema().getType() != Schema.Type.ARRAY) {
      throw new UnknownLayoutException(layout.type() + ": a record does not end in its lines");
    }
    List<Schema.Field> lineFields = last.schema().getElementType().getFields();
    return Optional.of(
        RowPlan.compile(layout.lineTable().orElseThrow(), layout.lineColumns(), lineFields));
  }

  /** Reads what caused the record; the cursor then stands at its columns. */
  public MergeHead head(AvroCursor in) throws MalformedValueException {
    return MergeHead.read(in, merge);
  }

  /** Copies the columns and lines, to the end of the value. */
  public MergedRow rows(AvroCursor in, MergeHead head, RowVersion version)
      throws MalformedValueException {
    copyHeader(in, head, version);
    lineRows.clear();
    if (line.isPresent()) {
      copyLines(in, line.get());
    }
    if (!in.atEnd()) {
      throw new MalformedValueException("bytes follow the record");
    }
    return new MergedRow(header.key(), header.person(), headerRow.toBytes(), lineRows.toBytes());
  }

  private void copyHeader(AvroCursor in, MergeHead head, RowVersion version)
      throws MalformedValueException {
    headerRow.clear();
    headerRow.putShort(header.size() + (line.isPresent() ? 3 : 2));
    header.copy(in, headerRow);
    headerRow.putInt(Integer.BYTES);
    headerRow.putInt(version.generation());
    headerRow.putInt(Long.BYTES);
    headerRow.putLong(version.offset());
    if (line.isPresent()) {
      headerRow.putInt(Long.BYTES);
      headerRow.putLong(head.linesHash());
    }
  }

  private void copyLines(AvroCursor in, RowPlan plan) throws MalformedValueException {
    for (int count = in.readBlock(); count > 0; count = in.readBlock()) {
      for (int i = 0; i < count; i++) {
        lineRows.putShort(1 + plan.size());
        lineRows.putInt(Long.BYTES);
        lineRows.putLong(header.key());
        plan.copy(in, lineRows);
      }
    }
  }
}
