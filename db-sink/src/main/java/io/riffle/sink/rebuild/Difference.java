package io.riffle.sink.rebuild;

/**
 * How the live table differed from the one that was built, before the swap. What the live sink
 * wrote in between counts as a difference, too.
 *
 * @param rows of the new table
 * @param missing rows that the live one lacked
 * @param surplus rows that the live one had beside them
 * @param different rows with other values, or of another version
 */
public record Difference(String table, long rows, long missing, long surplus, long different) {

  /** For people. */
  String text() {
    return "%s: %d rows; the live table lacked %d, had %d beside them, and %d other ones"
        .formatted(table, rows, missing, surplus, different);
  }
}
