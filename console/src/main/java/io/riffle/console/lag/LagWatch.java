package io.riffle.console.lag;

import io.riffle.operations.lag.LagReader;
import io.riffle.operations.lag.LagReport;
import io.riffle.operations.site.Endpoints;
import io.riffle.process.StopSignal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the lag of all groups now and then, by a thread of its own. Whoever asks is told what
 * the last look saw; while Kafka does not answer, that grows old. Safe for use by several threads.
 */
public final class LagWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LagWatch.class);
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration PARTING = Duration.ofSeconds(1);

  /** 80 MB at most. */
  private static final int MOST_LINES = 10_000;

  private final Endpoints endpoints;
  private final Predicate<String> wanted;
  private final Duration every;
  private final StopSignal stop = new StopSignal();
  private final Thread thread = new Thread(this::run, "lag");
  private final LagSeries series;
  private volatile Seen seen = new Seen(Optional.empty(), Optional.empty());

  /**
   * What is known.
   *
   * @param report of the last look that came to its end; none before the first
   * @param problem why the newest one did not, if it did not
   */
  public record Seen(Optional<LagReport> report, Optional<String> problem) {}

  /**
   * @param wanted groups by their names
   */
  public LagWatch(Endpoints endpoints, Predicate<String> wanted, Duration every) {
    this.endpoints = endpoints;
    this.wanted = wanted;
    this.every = every;
    this.series = new LagSeries(MOST_LINES, every);
  }

  /** Begins to look. */
  public void start() {
    thread.setDaemon(true);
    thread.start();
  }

  /** What the last look saw. */
  public Seen seen() {
    return seen;
  }

  /** What was seen before. */
  public LagSeries series() {
    return series;
  }

  public Duration every() {
    return every;
  }

  /** What a look saw: for the thread, and for tests with reports of their own. */
  public void take(LagReport report) {
    series.add(report);
    seen = new Seen(Optional.of(report), Optional.empty());
  }

  private void run() {
    while (!stop.isGiven()) {
      try (LagReader reader = LagReader.open(endpoints, PATIENCE)) {
        while (!stop.isGiven()) {
          take(reader.look(wanted));
          stop.await(every);
        }
      } catch (ExecutionException e) {
        failed(e.getCause());
      } catch (KafkaException e) {
        failed(e);
      } catch (InterruptedException e) {
        return; // closed
      } catch (RuntimeException e) {
        log.atError().setCause(e).log("lag could not be looked at");
        failed(e);
      }
      stop.await(every);
    }
  }

  private void failed(Throwable why) {
    String text = why.getClass().getSimpleName();
    if (seen.problem().isEmpty()) {
      log.atWarn().addKeyValue("why", text).log("Kafka does not tell of lags");
    }
    seen = new Seen(seen.report(), Optional.of(text));
  }

  @Override
  public void close() {
    stop.give();
    try {
      thread.join(PARTING.toMillis());
      thread.interrupt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
