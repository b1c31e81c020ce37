package io.riffle.merge.record;

import io.riffle.merge.rule.Cell;
import io.riffle.merge.rule.Cells;
import io.riffle.merge.rule.KeyState;
import io.riffle.merge.rule.Line;
import io.riffle.schemas.control.Version;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a state holds beyond its row and the versions that decide about the key: a function of the
 * state, in a fixed order, and small where records are whole.
 *
 * @param overrides fields of the row whose value is not the newest FULL record's
 * @param kept fields outside of the row: those of absent lines and, while there is no row, of the
 *     record itself
 * @param neverHeader header columns of the row that no record had
 * @param neverLine line columns that no record had for some line of the row
 */
public record Sparse(
    List<Field> overrides, List<Field> kept, BitSet neverHeader, BitSet neverLine) {

  /** A field with its newest value; {@code line} is empty for a field of the record itself. */
  public record Field(Optional<Integer> line, int column, Cell cell) {}

  /** That of a key of which one complete FULL record is known. */
  public static final Sparse NONE = new Sparse(List.of(), List.of(), new BitSet(0), new BitSet(0));

  public static Sparse of(KeyState state) {
    Sparse sparse = new Sparse(new ArrayList<>(), new ArrayList<>(), new BitSet(), new BitSet());
    Optional<Version> full = state.marks().full();
    sparse.add(Optional.empty(), state.header(), full, sparse.neverHeader);
    for (Map.Entry<Integer, Line> line : state.lines().entrySet()) {
      Optional<Version> ofRow = line.getValue().exists() ? full : Optional.empty();
      sparse.add(Optional.of(line.getKey()), line.getValue().cells(), ofRow, sparse.neverLine);
    }
    return sparse;
  }

  /** {@code full} is empty for fields outside of the row. */
  private void add(Optional<Integer> line, Cells cells, Optional<Version> full, BitSet never) {
    for (int column = 0; column < cells.columns(); column++) {
      Optional<Cell> cell = cells.get(column);
      if (cell.isEmpty()) {
        never.set(column, never.get(column) || full.isPresent());
      } else if (full.isEmpty()) {
        kept.add(new Field(line, column, cell.get()));
      } else if (!full.get().equals(cell.get().version())) {
        overrides.add(new Field(line, column, cell.get()));
      }
    }
  }
}
