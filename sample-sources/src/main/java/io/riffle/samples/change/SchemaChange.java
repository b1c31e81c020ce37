package io.riffle.samples.change;

/**
 * A change of a table's columns.
 *
 * @param column the one that was added, widened, renamed or dropped, by its former name
 * @param to the new name of a renamed column, the type of one that was added or widened, or null
 */
public record SchemaChange(String table, Kind kind, String column, String to) {

  /** What can become of a column. */
  public enum Kind {
    ADD,
    WIDEN,
    RENAME,
    DROP
  }
}
