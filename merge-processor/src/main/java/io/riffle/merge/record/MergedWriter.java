package io.riffle.merge.record;

import io.riffle.merge.rule.Slice;
import io.riffle.schemas.control.Version;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Level;
import io.riffle.schemas.wire.SchemaHandle;
import io.riffle.schemas.wire.WireFormat;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Writes merged records: the envelope ({@link io.riffle.schemas.control.Merge}) and the row. By
 * hand, because every record of a load passes here; a test holds it against the codec of {@code
 * Merge}.
 */
public final class MergedWriter {
  /**
   * The version of a column that no record had, in the envelope's overrides. With an empty line and
   * a line column it stands for all lines without an entry of their own.
   *
   * <p>Years have theirs one by one, and at the column of the year itself an entry for the whole
   * line: the year's newest FULL record where that is not the person's, or this one for a year that
   * no FULL record brought, whose columns without an entry no record had.
   */
  public static final Version NEVER = new Version(0, 0, 0, 0, 0);

  private static final int ENVELOPE_CAPACITY = 160;
  private static final int EMPTY = 0;
  private static final int PRESENT = 1;

  private final SchemaHandle schema;
  private final TypeColumns columns;

  public MergedWriter(SchemaHandle schema, TypeColumns columns) {
    this.schema = schema;
    this.columns = columns;
  }

  /**
   * A merged record.
   *
   * @param known whether a record of the key was emitted before
   */
  public Encoded write(
      At cause, Version full, boolean known, Row row, Optional<Version> deleted, Sparse sparse) {
    AvroOutput out = new AvroOutput(ENVELOPE_CAPACITY);
    byte[] prefix = new byte[WireFormat.PREFIX_LENGTH];
    schema.writePrefix(prefix, 0);
    out.writeRaw(Slice.of(prefix)).writeRaw(cause.encoded()).writeVersion(full);
    out.writeBoolean(known).writeLong(row.linesHash());
    out.writeLong(deleted.isPresent() ? PRESENT : EMPTY);
    deleted.ifPresent(out::writeVersion);
    writeOverrides(sparse, full, out);
    writeAbsent(sparse.kept(), out);
    return new Encoded(schema, withRow(out, row));
  }

  private static byte[] withRow(AvroOutput out, Row row) {
    return row.history().length() == 0
        ? out.toBytes(row.bytes())
        : out.writeRaw(row.bytes()).toBytes(row.history());
  }

  private void writeOverrides(Sparse sparse, Version full, AvroOutput out) {
    int count =
        sparse.overrides().size()
            + sparse.neverHeader().cardinality()
            + sparse.neverLine().cardinality()
            + sparse.years().stream().mapToInt(year -> entries(year, full)).sum();
    if (count > 0) {
      out.writeLong(count);
    }
    for (Sparse.Field field : sparse.overrides()) {
      writeField(field.line(), column(field), field.cell().version(), out);
    }
    writeNever(Optional.empty(), sparse.neverHeader(), columns.header(), out);
    writeNever(Optional.empty(), sparse.neverLine(), columns.line(), out);
    sparse.years().forEach(year -> writeYear(year, full, out));
    out.writeLong(EMPTY);
  }

  private static int entries(Sparse.OfYear year, Version full) {
    return (isOfFull(year, full) ? 0 : 1) + year.never().cardinality();
  }

  private static boolean isOfFull(Sparse.OfYear year, Version full) {
    return year.base().equals(Optional.of(full));
  }

  private void writeYear(Sparse.OfYear year, Version full, AvroOutput out) {
    Optional<Integer> line = Optional.of(year.number());
    if (!isOfFull(year, full)) {
      Column column = columns.layout().lineKey().orElseThrow();
      writeField(line, column, year.base().orElse(NEVER), out);
    }
    writeNever(line, year.never(), columns.line(), out);
  }

  private static void writeNever(
      Optional<Integer> line, BitSet never, List<Column> columns, AvroOutput out) {
    never.stream().forEach(index -> writeField(line, columns.get(index), NEVER, out));
  }

  private static void writeField(
      Optional<Integer> line, Column column, Version version, AvroOutput out) {
    out.writeLong(line.isPresent() ? PRESENT : EMPTY);
    line.ifPresent(out::writeLong);
    out.writeString(column.sqlName()).writeVersion(version);
  }

  private void writeAbsent(List<Sparse.Field> kept, AvroOutput out) {
    if (!kept.isEmpty()) {
      out.writeLong(kept.size());
    }
    for (Sparse.Field field : kept) {
      out.writeLong(field.line().orElseThrow()).writeString(column(field).sqlName());
      out.writeVersion(field.cell().version()).writeBytes(field.cell().value());
    }
    out.writeLong(EMPTY);
  }

  private Column column(Sparse.Field field) {
    Level level = field.line().isPresent() ? Level.LINE : Level.HEADER;
    return columns.of(level).get(field.column());
  }
}
