package io.riffle.console.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Lags that never rest: what compresses worst of what there is. */
final class GivenTraces {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int HIGHEST = 1_000_000;

  private GivenTraces() {}

  static Trace of(String group, Instant start, Instant end, Random random) {
    return new Trace(
        List.of("lag", group),
        List.of(
            line(end.minus(HOUR), end, Duration.ofSeconds(10), random),
            line(start, end, Duration.ofMinutes(5), random)));
  }

  private static List<Point> line(Instant start, Instant end, Duration step, Random random) {
    List<Point> points = new ArrayList<>();
    for (Instant at = start; at.isBefore(end); at = at.plus(step)) {
      points.add(
          new Point(at.getEpochSecond(), random.nextInt(HIGHEST), random.nextInt(HIGHEST) / 1000f));
    }
    return points;
  }
}
