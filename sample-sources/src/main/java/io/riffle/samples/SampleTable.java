package io.riffle.samples;

/**
 * A table of a sample source.
 *
 * @param share its rows when a source is filled, for each row that was asked for
 */
record SampleTable(String name, double share) {

  /** At least one row. */
  long rows(long asked) {
    return Math.max(1, Math.round(asked * share));
  }
}
