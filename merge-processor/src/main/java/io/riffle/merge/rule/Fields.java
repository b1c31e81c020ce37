package io.riffle.merge.rule;

import java.util.Optional;

/** The fields that a record has at one level, by column index; a column may be absent. */
public final class Fields {
  private final Slice[] byColumn;

  private Fields(Slice[] byColumn) {
    this.byColumn = byColumn;
  }

  /**
   * Takes over an array as long as the level has columns.
   *
   * @param byColumn null where the record does not have the column
   */
  public static Fields of(Slice[] byColumn) {
    return new Fields(byColumn);
  }

  /** Number of columns of the level, absent ones included. */
  public int columns() {
    return byColumn.length;
  }

  /** The value, if the record has the column. */
  public Optional<Slice> get(int column) {
    return Optional.ofNullable(byColumn[column]);
  }

  /** The value, or null where the record does not have the column. */
  public Slice orNull(int column) {
    return byColumn[column];
  }
}
