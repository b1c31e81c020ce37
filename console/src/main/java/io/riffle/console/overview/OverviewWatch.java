package io.riffle.console.overview;

import io.riffle.console.history.Point;
import io.riffle.console.history.Remembering;
import io.riffle.console.history.Ring;
import io.riffle.console.history.Trace;
import io.riffle.console.lag.LagWatch;
import io.riffle.operations.lag.LagReport;
import io.riffle.operations.overview.Overview;
import io.riffle.operations.overview.OverviewReader;
import io.riffle.operations.overview.Pipeline;
import io.riffle.operations.overview.ProgramParts;
import io.riffle.operations.overview.Standing;
import io.riffle.operations.site.Endpoints;
import io.riffle.process.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks now and then how the pipelines do, by a thread of its own, and keeps an hour of it. Lags are
 * those that are watched anyway. Safe for use by several threads.
 */
public final class OverviewWatch implements AutoCloseable, Remembering {
  private static final Logger log = LoggerFactory.getLogger(OverviewWatch.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration STEP = Duration.ofSeconds(30);
  private static final String KIND = "pipeline";

  private final Endpoints endpoints;
  private final LagWatch lag;
  private final Supplier<List<Standing>> parts;
  private final StopSignal stop = new StopSignal();
  private final Thread thread = new Thread(this::run, "overview");
  private final Map<String, Lines> lines = new HashMap<>();
  private volatile Optional<Overview> seen = Optional.empty();

  /** What is kept of a pipeline. */
  private record Lines(Ring lag, Ring rates) {
    Lines(Duration every) {
      this(new Ring(HOUR, STEP, every), new Ring(HOUR, STEP, every));
    }
  }

  /**
   * @param targets programs to ask which of their parts wait; without it nobody is asked
   */
  public OverviewWatch(Endpoints endpoints, LagWatch lag, Optional<Path> targets) {
    this.endpoints = endpoints;
    this.lag = lag;
    this.parts =
        targets.isPresent()
            ? new ProgramParts(targets.get(), endpoints.set().text(), PATIENCE)
            : List::of;
  }

  /** Begins. */
  public void start() {
    thread.setDaemon(true);
    thread.start();
  }

  public Duration every() {
    return lag.every();
  }

  /** The last look; none before the first. */
  public Optional<Overview> seen() {
    return seen;
  }

  /** What a look saw: for the thread, and for tests with looks of their own. */
  public synchronized void take(Overview overview) {
    for (Pipeline pipeline : overview.pipelines()) {
      Lines kept = lines.computeIfAbsent(pipeline.name(), first -> new Lines(every()));
      pipeline.lag().ifPresent(behind -> kept.lag().add(overview.at(), behind, 0));
      pipeline
          .in()
          .ifPresent(
              in -> kept.rates().add(overview.at(), Math.round(in), pipeline.out().orElse(0.0)));
    }
    seen = Optional.of(overview);
  }

  /** Messages behind in the last hour. */
  synchronized double[] lags(String pipeline) {
    return line(pipeline, one -> one.lag().line(Point::count));
  }

  /** Records in a second in the last hour. */
  synchronized double[] in(String pipeline) {
    return line(pipeline, one -> one.rates().line(Point::count));
  }

  /** Rows out a second in the last hour. */
  synchronized double[] out(String pipeline) {
    return line(pipeline, one -> one.rates().line(Point::measure));
  }

  private interface Kept {
    double[] of(Lines lines);
  }

  private double[] line(String pipeline, Kept kept) {
    return Optional.ofNullable(lines.get(pipeline)).map(kept::of).orElseGet(() -> new double[0]);
  }

  /** Pipelines are few. */
  @Override
  public void tell(Sink sink) throws IOException {
    for (Trace trace : traces()) {
      sink.accept(trace);
    }
  }

  private synchronized List<Trace> traces() {
    List<Trace> traces = new ArrayList<>();
    lines.forEach(
        (name, kept) ->
            traces.add(
                new Trace(
                    List.of(KIND, name), List.of(kept.lag().points(), kept.rates().points()))));
    return traces;
  }

  @Override
  public synchronized void restore(Trace trace, Instant now) {
    if (trace.name().get(0).equals(KIND) && trace.name().size() == 2 && trace.lines().size() == 2) {
      Lines before = new Lines(every());
      before.lag().restore(trace.lines().get(0), now);
      before.rates().restore(trace.lines().get(1), now);
      if (!before.lag().points().isEmpty() || !before.rates().points().isEmpty()) {
        lines.putIfAbsent(trace.name().get(1), before);
      }
    }
  }

  private void run() {
    try (OverviewReader reader =
        OverviewReader.over(wanted -> report(), endpoints, PATIENCE, parts)) {
      while (!stop.isGiven()) {
        look(reader);
        stop.await(every());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private void look(OverviewReader reader) throws InterruptedException {
    try {
      if (lag.seen().report().isPresent() || lag.seen().problem().isPresent()) {
        take(reader.look());
      }
    } catch (RuntimeException e) {
      log.atWarn().addKeyValue("error", e.getClass().getName()).log("no overview");
    }
  }

  private LagReport report() {
    LagWatch.Seen last = lag.seen();
    if (last.problem().isPresent()) {
      throw new TimeoutException(last.problem().get());
    }
    return last.report().orElseThrow(() -> new TimeoutException("not yet"));
  }

  @Override
  public void close() {
    stop.give();
    thread.interrupt();
  }
}
