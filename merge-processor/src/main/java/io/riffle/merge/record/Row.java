package io.riffle.merge.record;

import io.riffle.merge.rule.Cell;
import io.riffle.merge.rule.Cells;
import io.riffle.merge.rule.KeyState;
import io.riffle.merge.rule.Line;
import io.riffle.merge.rule.Slice;
import io.riffle.schemas.avro.FieldSchemas;
import io.riffle.schemas.layout.Column;
import java.util.List;

/**
 * The row of an existing key as merged records hold it: all header columns, then the lines in
 * ascending order in one block. Columns that no record had are null.
 *
 * @param history what follows in the merged record of a person, nothing for other types; it is not
 *     stored, because it follows from the rest of the state
 * @param linesHash of the lines and the history; 0 for types without lines
 */
public record Row(Slice bytes, Slice history, long linesHash) {

  private static final Slice NO_HISTORY = Slice.of(new byte[0]);
  private static final int INITIAL_CAPACITY = 1024;

  /** The row of a record that has every column of the layout; no field is looked at. */
  public static Row of(RowScan row) {
    if (!row.hasLines()) {
      return new Row(new AvroInput(row.bytes(), row.start()).rest(), NO_HISTORY, 0);
    }
    Slice bytes =
        row.lines().isInRowForm() ? new AvroInput(row.bytes(), row.start()).rest() : inOrder(row);
    return new Row(bytes, NO_HISTORY, hash(row));
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
    if (!columns.layout().hasLines()) {
      return new Row(out.since(0), NO_HISTORY, 0);
    }
    LinesHash hash = new LinesHash();
    writeLines(state, columns, out, hash);
    Slice history =
        columns.history().isEmpty() ? NO_HISTORY : HistoryRows.write(state, columns, hash);
    return new Row(out.since(0), history, hash.value());
  }

  private static void writeLines(
      KeyState state, TypeColumns columns, AvroOutput out, LinesHash hash) {
    startLines(out, Math.toIntExact(state.lines().values().stream().filter(Line::exists).count()));
    state
        .lines()
        .forEach(
            (number, line) -> {
              if (line.exists()) {
                int start = out.length();
                write(number, line, columns, out);
                out.hash(start, hash);
              }
            });
    endLines(out);
  }

  private static void write(int number, Line line, TypeColumns columns, AvroOutput out) {
    if (columns.years()) {
      writeYear(number, line, columns, out);
    } else {
      write(line.cells(), columns.line(), out);
    }
  }

  private static void writeYear(int number, Line line, TypeColumns columns, AvroOutput out) {
    for (int column = 0; column < line.cells().columns(); column++) {
      if (columns.shape().isYear(column)) {
        Year.write(number, out);
      } else {
        write(line.cells().orNull(column), columns.line().get(column), out);
      }
    }
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
      write(cells.orNull(column), columns.get(column), out);
    }
  }

  private static void write(Cell cell, Column column, AvroOutput out) {
    if (cell != null) {
      out.writeRaw(cell.value());
    } else {
      writeNull(column, out);
    }
  }

  static void writeNull(Column column, AvroOutput out) {
    if (column.required()) {
      throw new IllegalStateException(
          "no value for required column " + column.name() + ": the topic needs a rebuild");
    }
    out.writeLong(FieldSchemas.NULL_BRANCH);
  }
}
