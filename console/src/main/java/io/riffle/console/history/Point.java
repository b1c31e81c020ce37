package io.riffle.console.history;

/**
 * Two numbers of a moment, such as messages behind and seconds behind, or records in and rows out;
 * or that from then on nothing is known for a while.
 *
 * @param second of the epoch
 * @param count -1 for a gap
 * @param measure NaN when not known
 */
public record Point(long second, long count, float measure) {
  private static final long NOTHING = -1;

  static Point gap(long second) {
    return new Point(second, NOTHING, Float.NaN);
  }

  /** Whether nothing was seen. */
  public boolean isGap() {
    return count == NOTHING;
  }
}
