package io.riffle.console.lag;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Values of the last while, one for each step of time; the last of a step stays. Its size never
 * changes. For one thread.
 */
public final class Ring {
  private static final long NOTHING = -1;

  private final long stepSeconds;
  private final long[] lags;
  private final float[] behind; // seconds; NaN: not known
  private long newest = Long.MIN_VALUE; // number of the step

  /**
   * Of so much time.
   *
   * @param step whole seconds
   */
  public Ring(Duration span, Duration step) {
    this.stepSeconds = step.toSeconds();
    int steps = Math.toIntExact(span.toSeconds() / stepSeconds);
    this.lags = new long[steps];
    this.behind = new float[steps];
    Arrays.fill(lags, NOTHING);
  }

  /** The value at a moment. */
  public void add(Instant at, long lag, double behindSeconds) {
    long step = Math.floorDiv(at.getEpochSecond(), stepSeconds);
    if (step < newest) {
      return; // the clock went back
    }
    long first = newest == Long.MIN_VALUE ? step : Math.max(newest + 1, step - lags.length + 1);
    for (long skipped = first; skipped < step; skipped++) {
      lags[place(skipped)] = NOTHING;
    }
    newest = step;
    lags[place(step)] = lag;
    behind[place(step)] = (float) behindSeconds;
  }

  private int place(long step) {
    return Math.floorMod(step, lags.length);
  }

  /** What is there, oldest first; gaps are left out. */
  public List<Point> points() {
    List<Point> points = new ArrayList<>();
    if (newest == Long.MIN_VALUE) {
      return points;
    }
    for (long step = newest - lags.length + 1; step <= newest; step++) {
      if (lags[place(step)] != NOTHING) {
        points.add(new Point(step * stepSeconds, lags[place(step)], behind[place(step)]));
      }
    }
    return points;
  }

  /** When the newest was added, to the step. */
  Instant newest() {
    return newest == Long.MIN_VALUE ? Instant.MIN : Instant.ofEpochSecond(newest * stepSeconds);
  }
}
