package io.riffle.console.lag;

import io.riffle.console.history.Point;
import io.riffle.console.history.Remembering;
import io.riffle.console.history.Ring;
import io.riffle.console.history.Trace;
import io.riffle.operations.lag.LagReport;
import java.io.IOException;
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
public final class LagSeries implements Remembering {
  private static final Logger log = LoggerFactory.getLogger(LagSeries.class);

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR_STEP = Duration.ofSeconds(10);
  private static final Duration DAY_STEP = Duration.ofMinutes(5);
  private static final double MILLIS = 1000.0;

  private static final String KIND = "lag";

  private final int most;
  private final Duration every;
  private final Map<Key, Line> lines = new HashMap<>();
  private boolean told;

  /**
   * @param most lines that are kept; further ones have no history
   * @param every between two reports
   */
  public LagSeries(int most, Duration every) {
    this.most = most;
    this.every = every;
  }

  /** How far back. */
  public enum Span {
    HOUR,
    DAY
  }

  private record Key(String group, Optional<String> topic) {
    List<String> name() {
      return topic.map(of -> List.of(KIND, group, of)).orElseGet(() -> List.of(KIND, group));
    }
  }

  private record Line(Ring hour, Ring day) {
    Line(Duration every) {
      this(new Ring(HOUR, HOUR_STEP, every), new Ring(DAY, DAY_STEP, every));
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
    return Optional.of(lines.computeIfAbsent(key, unknown -> new Line(every)));
  }

  /** What is kept of a group, or of one of its topics, gaps included; empty when nothing is. */
  public synchronized List<Point> points(String group, Optional<String> topic, Span span) {
    Line line = lines.get(new Key(group, topic));
    if (line == null) {
      return List.of();
    }
    return (span == Span.HOUR ? line.hour() : line.day()).pointsAndGaps();
  }

  /** The lags of the last hour as a small graph shows them. */
  synchronized double[] small(String group, Optional<String> topic) {
    Line line = lines.get(new Key(group, topic));
    return line == null ? new double[0] : line.hour().line(Point::count);
  }

  /** Line by line, so that nobody waits for all. */
  @Override
  public void tell(Sink sink) throws IOException {
    for (Key key : keys()) {
      Optional<Line> line = copy(key);
      if (line.isPresent()) {
        sink.accept(
            new Trace(key.name(), List.of(line.get().hour().points(), line.get().day().points())));
      }
    }
  }

  private synchronized List<Key> keys() {
    return List.copyOf(lines.keySet());
  }

  private synchronized Optional<Line> copy(Key key) {
    return Optional.ofNullable(lines.get(key))
        .map(line -> new Line(line.hour().copy(), line.day().copy()));
  }

  @Override
  public synchronized void restore(Trace trace, Instant now) {
    List<String> name = trace.name();
    if (!name.get(0).equals(KIND) || name.size() < 2 || trace.lines().size() != 2) {
      return;
    }
    Optional<String> topic = name.size() > 2 ? Optional.of(name.get(2)) : Optional.empty();
    Line before = new Line(every);
    before.hour().restore(trace.lines().get(0), now);
    before.day().restore(trace.lines().get(1), now);
    if (!before.day().points().isEmpty() && lines.size() < most) {
      lines.putIfAbsent(new Key(name.get(1), topic), before);
    }
  }
}
