package io.riffle.console.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.riffle.console.lag.LagWatch;
import io.riffle.metrics.Meters;
import io.riffle.operations.lag.LagReport;
import io.riffle.operations.ledger.Ledger;
import io.riffle.operations.ledger.Ledger.StateCount;
import io.riffle.operations.rejects.RejectCause;
import io.riffle.operations.rejects.RejectFilter;
import io.riffle.operations.rejects.RejectLedger;
import io.riffle.operations.rejects.RejectStatus;
import io.riffle.process.StopSignal;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the series of the console up to date by a thread of its own, so that a scrape waits for no
 * database. {@code console_seen_timestamp_seconds} tells how old they are.
 */
public final class ConsoleMetrics implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ConsoleMetrics.class);
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final Meters meters;
  private final LagWatch lag;
  private final Ledger ledger;
  private final RejectLedger rejects;
  private final LagMeters lagMeters;
  private final LedgerMeters ledgerMeters;
  private final Clock clock;
  private final StopSignal stop = new StopSignal();
  private final Thread thread = new Thread(this::run, "series");
  private volatile double lagSeen = Double.NaN;
  private volatile double ledgerSeen = Double.NaN;

  public ConsoleMetrics(
      Meters meters, LagWatch lag, Ledger ledger, RejectLedger rejects, Clock clock) {
    MeterRegistry registry = meters.registry();
    this.meters = meters;
    this.lag = lag;
    this.ledger = ledger;
    this.rejects = rejects;
    this.lagMeters = new LagMeters(registry);
    this.ledgerMeters = new LedgerMeters(registry);
    this.clock = clock;
    seen(registry, "lag", () -> lagSeen);
    seen(registry, "ledger", () -> ledgerSeen);
  }

  private static void seen(MeterRegistry registry, String what, Supplier<Number> at) {
    Gauge.builder("console.seen.timestamp.seconds", at)
        .description("When the console saw last what its series tell")
        .tag("what", what)
        .register(registry);
  }

  /** Begins. */
  public void start() {
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    while (!stop.isGiven()) {
      lag.seen().report().ifPresent(this::lags);
      try {
        ledgers();
      } catch (SQLException e) {
        log.atWarn().addKeyValue("sqlState", e.getSQLState()).log("series are not renewed");
      } catch (RuntimeException e) {
        log.atWarn().addKeyValue("error", e.getClass().getName()).log("series are not renewed");
      }
      stop.await(EVERY);
    }
  }

  private void lags(LagReport report) {
    meters.change(() -> lagMeters.show(report));
    lagSeen = seconds(report.at());
  }

  private void ledgers() throws SQLException {
    Map<String, StateCount> states = ledger.states();
    List<RejectCause> causes = rejects.causes(unsettled());
    meters.change(
        () -> {
          ledgerMeters.files(states);
          ledgerMeters.rejects(causes, clock.instant());
        });
    ledgerSeen = seconds(clock.instant());
  }

  private static RejectFilter unsettled() {
    return new RejectFilter(
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        RejectStatus.UNSETTLED,
        Optional.empty());
  }

  private static double seconds(Instant time) {
    return time.toEpochMilli() / 1000.0;
  }

  @Override
  public void close() {
    stop.give();
  }
}
