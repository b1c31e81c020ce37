package io.riffle.console.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Values of the last while, one for each step of time; the last of a step stays. Its size never
 * changes. For one thread.
 */
public final class Ring {
  private static final long NOTHING = -1;
  private static final long SHORTEST_GAP_SECONDS = 30;

  private final long stepSeconds;
  private final long longestSeconds;
  private final long[] counts;
  private final float[] measures; // NaN: not known
  private long newest = Long.MIN_VALUE; // number of the step

  /**
   * Of so much time.
   *
   * @param step whole seconds
   * @param every between two values; what is further apart than a few of them, or than two steps,
   *     has a gap between
   */
  public Ring(Duration span, Duration step, Duration every) {
    this.stepSeconds = step.toSeconds();
    this.longestSeconds =
        Math.max(Math.max(2 * stepSeconds, SHORTEST_GAP_SECONDS), 4 * every.toSeconds());
    int steps = Math.toIntExact(span.toSeconds() / stepSeconds);
    this.counts = new long[steps];
    this.measures = new float[steps];
    Arrays.fill(counts, NOTHING);
  }

  private Ring(Ring other) {
    this.stepSeconds = other.stepSeconds;
    this.longestSeconds = other.longestSeconds;
    this.counts = other.counts.clone();
    this.measures = other.measures.clone();
    this.newest = other.newest;
  }

  /** The same at this moment. */
  public Ring copy() {
    return new Ring(this);
  }

  /** The numbers of a moment. */
  public void add(Instant at, long count, double measure) {
    long step = Math.floorDiv(at.getEpochSecond(), stepSeconds);
    if (step < newest) {
      return; // the clock went back
    }
    long first = newest == Long.MIN_VALUE ? step : Math.max(newest + 1, step - counts.length + 1);
    for (long skipped = first; skipped < step; skipped++) {
      counts[place(skipped)] = NOTHING;
    }
    newest = step;
    counts[place(step)] = count;
    measures[place(step)] = (float) measure;
  }

  private int place(long step) {
    return Math.floorMod(step, counts.length);
  }

  /** What is there, oldest first; gaps are left out. */
  public List<Point> points() {
    List<Point> points = new ArrayList<>();
    if (newest == Long.MIN_VALUE) {
      return points;
    }
    for (long step = newest - counts.length + 1; step <= newest; step++) {
      if (counts[place(step)] != NOTHING) {
        points.add(new Point(step * stepSeconds, counts[place(step)], measures[place(step)]));
      }
    }
    return points;
  }

  /** The same with a point in each gap, over which no line is to be drawn. */
  public List<Point> pointsAndGaps() {
    List<Point> all = new ArrayList<>();
    long before = Long.MAX_VALUE;
    for (Point point : points()) {
      if (point.second() > before && point.second() - before > longestSeconds) {
        all.add(Point.gap(before + stepSeconds));
      }
      all.add(point);
      before = point.second();
    }
    return all;
  }

  /** One value for each step since the oldest, NaN in gaps: what a small graph shows. */
  public double[] line(ToDoubleFunction<Point> value) {
    List<Point> points = points();
    if (points.isEmpty()) {
      return new double[0];
    }
    long first = points.get(0).second();
    double[] line = new double[stepsFrom(first, points.get(points.size() - 1)) + 1];
    Arrays.fill(line, Double.NaN);
    for (int i = 0; i < points.size(); i++) {
      int from = stepsFrom(first, points.get(i));
      int next = i + 1 < points.size() ? stepsFrom(first, points.get(i + 1)) : from + 1;
      boolean gap = (next - from) * stepSeconds > longestSeconds;
      Arrays.fill(line, from, gap ? from + 1 : next, value.applyAsDouble(points.get(i)));
    }
    return line;
  }

  private int stepsFrom(long first, Point point) {
    return Math.toIntExact((point.second() - first) / stepSeconds);
  }

  /** When the newest was added, to the step. */
  public Instant newest() {
    return newest == Long.MIN_VALUE ? Instant.MIN : Instant.ofEpochSecond(newest * stepSeconds);
  }

  /** How far back it reaches. */
  Duration span() {
    return Duration.ofSeconds(stepSeconds * counts.length);
  }

  /**
   * Takes points in that another ring had.
   *
   * @param now what is older than the span, or of the future, is left out
   */
  public void restore(List<Point> before, Instant now) {
    Instant oldest = now.minus(span());
    for (Point point : before) {
      Instant at = Instant.ofEpochSecond(point.second());
      if (at.isAfter(oldest) && !at.isAfter(now)) {
        add(at, point.count(), point.measure());
      }
    }
  }
}
