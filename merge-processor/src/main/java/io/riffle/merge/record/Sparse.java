package io.riffle.merge.record;

import io.riffle.merge.rule.Cell;
import io.riffle.merge.rule.Cells;
import io.riffle.merge.rule.KeyState;
import io.riffle.merge.rule.Line;
import io.riffle.merge.rule.Shape;
import io.riffle.schemas.control.Version;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * What a state holds beyond its row and the versions that decide about the key: a function of the
 * state, in a fixed order, and small where records are whole.
 *
 * @param overrides fields of the row whose value is not the newest FULL record's
 * @param kept fields outside of the row: those of absent lines and, while there is no row, of the
 *     record itself
 * @param neverHeader header columns of the row that no record had
 * @param neverLine line columns that no record had for some line of the row; of years it is empty
 * @param years what belongs to the years of the row, ascending; empty for other lines
 */
public record Sparse(
    List<Field> overrides,
    List<Field> kept,
    BitSet neverHeader,
    BitSet neverLine,
    List<OfYear> years) {

  /** A field with its newest value; {@code line} is empty for a field of the record itself. */
  public record Field(Optional<Integer> line, int column, Cell cell) {}

  /**
   * A year of the row.
   *
   * @param base the newest FULL record of the year: its fields are this one's unless overridden.
   *     Without one all fields are overrides
   * @param never with a base, the columns that no record had for this year
   */
  public record OfYear(int number, Optional<Version> base, BitSet never) {}

  /** That of a key of which one complete FULL record is known. */
  public static final Sparse NONE =
      new Sparse(List.of(), List.of(), new BitSet(0), new BitSet(0), List.of());

  public static Sparse of(KeyState state) {
    Sparse sparse =
        new Sparse(
            new ArrayList<>(), new ArrayList<>(), new BitSet(), new BitSet(), new ArrayList<>());
    Optional<Version> full = state.marks().full();
    sparse.add(Optional.empty(), state.header(), full, sparse.neverHeader);
    state.lines().forEach((number, line) -> sparse.add(number, line, state));
    return sparse;
  }

  private void add(int number, Line line, KeyState state) {
    if (line.exists() && state.shape().years()) {
      addYear(number, line, state.shape());
    } else {
      Optional<Version> ofRow = line.exists() ? state.marks().full() : Optional.empty();
      add(Optional.of(number), line.cells(), ofRow, neverLine);
    }
  }

  private void addYear(int number, Line line, Shape shape) {
    OfYear year = new OfYear(number, line.base(), new BitSet());
    years.add(year);
    for (int column = 0; column < shape.lineColumns(); column++) {
      Optional<Cell> cell = line.cells().get(column);
      if (cell.isEmpty()) {
        year.never.set(column, year.base.isPresent() && !shape.isYear(column));
      } else if (!cell.map(Cell::version).equals(year.base)) {
        overrides.add(new Field(Optional.of(number), column, cell.get()));
      }
    }
  }

  /** {@code full} is empty for fields outside of the row. */
  private void add(Optional<Integer> line, Cells cells, Optional<Version> full, BitSet never) {
    Version ofRow = full.orElse(null);
    for (int column = 0; column < cells.columns(); column++) {
      Cell cell = cells.orNull(column);
      if (cell == null) {
        never.set(column, never.get(column) || ofRow != null);
      } else if (ofRow == null) {
        kept.add(new Field(line, column, cell));
      } else if (!ofRow.equals(cell.version())) {
        overrides.add(new Field(line, column, cell));
      }
    }
  }
}
