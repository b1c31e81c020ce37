package io.riffle.schemas.layout;

/** What the lines of a type's records are. */
public enum Lines {
  /** The type has none. */
  NONE,
  /**
   * Adjacent rows with one key are one record, each row a line. The newest FULL record decides
   * which lines there are.
   */
  ROWS,
  /**
   * Every row is a record with one line: the reference year of a person, with the columns of its
   * months. Years do not touch each other.
   */
  YEARS
}
