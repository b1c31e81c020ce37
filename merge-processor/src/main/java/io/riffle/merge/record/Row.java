package io.riffle.merge.record;

import io.riffle.merge.rule.Cell;
import io.riffle.merge.rule.Cells;
import io.riffle.merge.rule.KeyState;
import io.riffle.merge.rule.Line;
import io.riffle.merge.rule.Slice;
import io.riffle.schemas.avro.FieldSchemas;
import io.riffle.schemas.layout.Column;
import java.util.List;
import java.util.Optional;

/**
 * The row of an existing key as merged records hold it: all header columns, then the lines in
 * ascending order in one block. Columns that no record had are null.
 *
 * @param linesHash 0 for types without lines
 */
public record Row(Slice bytes, long linesHash) {

  private static final int INITIAL_CAPACITY = 1024;

  /** The row of a record that has every column of the layout; no field is looked at. */
  public static Row of(RowScan row) {
    if (!row.hasLines()) {
      return new Row(new AvroInput(row.bytes(), row.start()).rest(), 0);
    }
    Slice bytes =
        row.lines().isInRowForm() ? new AvroInput(row.bytes(), row.start()).rest() : inOrder(row);
    return new Row(bytes, hash(row));
  }

  private static Slice inOrder(RowScan row) {
    LineScan lines = row.lines();
    AvroOutput out = new AvroOutput(row.bytes().length);
    out.writeRaw(new Slice(row.bytes(), row.start(), row.headerEnd() - row.start()));
    startLines(out, lines.count());
    for (int line : lines.ascending()) {
      out.writeRaw(new Slice(row.bytes(), lines.start(line), lines.end(line) - lines.start(line)));
    }
    endLines(out);
    return Slice.of(out.toBytes());
  }

  private static long hash(RowScan row) {
    LineScan lines = row.lines();
    LinesHash hash = new LinesHash();
    for (int line : lines.ascending()) {
      hash.add(row.bytes(), lines.start(line), lines.end(line));
    }
    return hash.value();
  }

  /**
   * The row of a key that exists.
   *
   * @throws IllegalStateException if a required column has no value, as after a change of the
   *     layout that needs a rebuild
   */
  public static Row of(KeyState state, TypeColumns columns) {
    AvroOutput out = new AvroOutput(INITIAL_CAPACITY);
    write(state.header(), columns.header(), out);
    long hash = columns.layout().hasLines() ? writeLines(state, columns, out) : 0;
    return new Row(Slice.of(out.toBytes()), hash);
  }

  private static long writeLines(KeyState state, TypeColumns columns, AvroOutput out) {
    List<Line> lines = state.lines().values().stream().filter(Line::exists).toList();
    LinesHash hash = new LinesHash();
    startLines(out, lines.size());
    for (Line line : lines) {
      AvroOutput encoded = new AvroOutput(INITIAL_CAPACITY);
      write(line.cells(), columns.line(), encoded);
      byte[] bytes = encoded.toBytes();
      hash.add(bytes, 0, bytes.length);
      out.writeRaw(Slice.of(bytes));
    }
    endLines(out);
    return hash.value();
  }

  /** Avro's array: the number of items, the items, and a zero; the zero alone when empty. */
  private static void startLines(AvroOutput out, int count) {
    if (count > 0) {
      out.writeLong(count);
    }
  }

  private static void endLines(AvroOutput out) {
    out.writeLong(0);
  }

  private static void write(Cells cells, List<Column> columns, AvroOutput out) {
    for (int column = 0; column < cells.columns(); column++) {
      Optional<Cell> cell = cells.get(column);
      if (cell.isPresent()) {
        out.writeRaw(cell.get().value());
      } else {
        writeNull(columns.get(column), out);
      }
    }
  }

  private static void writeNull(Column column, AvroOutput out) {
    if (column.required()) {
      throw new IllegalStateException(
          "no value for required column " + column.name() + ": the topic needs a rebuild");
    }
    out.writeLong(FieldSchemas.NULL_BRANCH);
  }
}
