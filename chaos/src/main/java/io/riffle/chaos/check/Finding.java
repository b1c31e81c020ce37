package io.riffle.chaos.check;

/**
 * A promise that was not kept.
 *
 * @param promise its name
 * @param what went wrong where, without a value
 * @param count of rows, files or lines
 */
public record Finding(String promise, Kind kind, String what, long count) {

  /** What a finding counts as. */
  public enum Kind {
    /** Rows that the tables lack. */
    LOST,
    /** Rows that the tables have and should not. */
    DOUBLED,
    /** Rows with other values. */
    DIFFERENT,
    /** Rows that became older, or were away for a while. */
    REGRESSED,
    /** Files whose counts do not add up, or that were not loaded. */
    TOTALS,
    /** Lines of logs that show health data. */
    LEAKED,
    /** Something that did not come back. */
    STUCK
  }

  @Override
  public String toString() {
    return promise + ": " + what;
  }
}
