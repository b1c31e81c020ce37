package io.riffle.samples.compare;

/**
 * Something in which a staging table does not equal its source. It names no value and no key.
 *
 * @param column empty where it is the table's or whole rows'
 * @param rows that are concerned; 0 where it is the table's or the column's
 */
public record Difference(String table, String column, Kind kind, long rows) {

  /** What differs. */
  public enum Kind {
    NO_TABLE,
    NO_COLUMN,
    OTHER_TYPE,
    OTHER_KEY,
    /** In the source, and not, or as deleted, in staging. */
    MISSING_ROWS,
    /** In staging, and not in the source. */
    SURPLUS_ROWS,
    OTHER_VALUE,
    /** A stamp that is missing, or cannot be. */
    WRONG_STAMP,
    /** Rows that say that the same event wrote them. */
    SAME_VERSION
  }

  @Override
  public String toString() {
    String place = column.isEmpty() ? table : table + "." + column;
    return rows == 0 ? place + ": " + kind : place + ": " + kind + " in " + rows + " rows";
  }
}
