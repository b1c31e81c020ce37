package io.riffle.console.history;

/**
 * A lag at a moment, or that from then on nothing is known for a while.
 *
 * @param second of the epoch
 * @param lag -1 for a gap
 * @param behind seconds; NaN when not known
 */
public record Point(long second, long lag, float behind) {
  private static final long NOTHING = -1;

  static Point gap(long second) {
    return new Point(second, NOTHING, Float.NaN);
  }

  /** Whether nothing was seen. */
  public boolean isGap() {
    return lag == NOTHING;
  }
}
