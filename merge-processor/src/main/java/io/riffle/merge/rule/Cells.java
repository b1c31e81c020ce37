package io.riffle.merge.rule;

import io.riffle.schemas.control.Version;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** The newest values of the fields at one level; a field that no record had is empty. */
public final class Cells {
  private final Cell[] byColumn;

  public Cells(int columns) {
    this.byColumn = new Cell[columns];
  }

  public int columns() {
    return byColumn.length;
  }

  public Optional<Cell> get(int column) {
    return Optional.ofNullable(byColumn[column]);
  }

  /** The same without an object around it: null for a field that no record had. */
  public Cell orNull(int column) {
    return byColumn[column];
  }

  /** Sets a field when restoring a stored state; the rule itself offers. */
  public void set(int column, Cell cell) {
    byColumn[column] = cell;
  }

  /** Takes each value that is newer than what is there; whether any was. */
  boolean offer(Version version, long file, Fields fields, IntPredicate wanted) {
    boolean won = false;
    for (int column = 0; column < byColumn.length; column++) {
      Slice value = fields.orNull(column);
      if (value != null && wanted.test(column) && isOlder(column, version)) {
        byColumn[column] = new Cell(version, file, value);
        won = true;
      }
    }
    return won;
  }

  private boolean isOlder(int column, Version version) {
    return byColumn[column] == null || version.isNewerThan(byColumn[column].version());
  }

  /** Forgets what is not newer than {@code version}, in the columns asked for. */
  void forget(Version version, IntPredicate columns) {
    for (int column = 0; column < byColumn.length; column++) {
      Cell cell = byColumn[column];
      if (cell != null && !cell.version().isNewerThan(version) && columns.test(column)) {
        byColumn[column] = null;
      }
    }
  }

  /** Whether the version of any field is one of those. */
  boolean hasAny(Predicate<Version> versions) {
    return Arrays.stream(byColumn).anyMatch(cell -> cell != null && versions.test(cell.version()));
  }

  boolean isEmpty() {
    return Arrays.stream(byColumn).allMatch(Objects::isNull);
  }
}
