package io.riffle.console.lag;

import io.riffle.operations.lag.LagReport;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An hour and a day of the lag of each group, and of each of its topics, in bounded memory: 8 kB a
 * line. Safe for use by several threads.
 */
public final class LagSeries {
  private static final Logger log = LoggerFactory.getLogger(LagSeries.class);

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR_STEP = Duration.ofSeconds(10);
  private static final Duration DAY_STEP = Duration.ofMinutes(5);
  private static final double MILLIS = 1000.0;

  private final int most;
  private final Map<Key, Line> lines = new HashMap<>();
  private boolean told;

  /**
   * @param most lines that are kept; further ones have no history
   */
  public LagSeries(int most) {
    this.most = most;
  }

  /** How far back. */
  public enum Span {
    HOUR,
    DAY
  }

  private record Key(String group, Optional<String> topic) {}

  private record Line(Ring hour, Ring day) {
    Line() {
      this(new Ring(HOUR, HOUR_STEP), new Ring(DAY, DAY_STEP));
    }

    void add(Instant at, long lag, Optional<Duration> behind) {
      double seconds =
          lag == 0 ? 0 : behind.map(known -> known.toMillis() / MILLIS).orElse(Double.NaN);
      hour.add(at, lag, seconds);
      day.add(at, lag, seconds);
    }
  }

  /** Takes a report in. Lines of what was not seen for a day are dropped. */
  public synchronized void add(LagReport report) {
    lines.values().removeIf(line -> line.day().newest().isBefore(report.at().minus(DAY)));
    for (LagReport.Group group : report.groups()) {
      String name = group.lag().group();
      line(new Key(name, Optional.empty()))
          .ifPresent(line -> line.add(report.at(), group.lag().lag(), group.lag().behind()));
      for (LagReport.Topic topic : group.topics()) {
        line(new Key(name, Optional.of(topic.lag().topic())))
            .ifPresent(line -> line.add(report.at(), topic.lag().lag(), topic.lag().behind()));
      }
    }
  }

  private Optional<Line> line(Key key) {
    if (!lines.containsKey(key) && lines.size() >= most) {
      if (!told) {
        told = true;
        log.atWarn().addKeyValue("lines", most).log("no history is kept of further lags");
      }
      return Optional.empty();
    }
    return Optional.of(lines.computeIfAbsent(key, unknown -> new Line()));
  }

  /** What is kept of a group, or of one of its topics; empty when nothing is. */
  public synchronized List<Point> points(String group, Optional<String> topic, Span span) {
    Line line = lines.get(new Key(group, topic));
    if (line == null) {
      return List.of();
    }
    return (span == Span.HOUR ? line.hour() : line.day()).points();
  }
}
