package io.riffle.cdc.run;

import io.riffle.cdc.connector.ConnectUnavailableException;
import io.riffle.cdc.ledger.CapturedSource;
import io.riffle.cdc.ledger.SourceState;
import io.riffle.cdc.ledger.Sources;
import io.riffle.cdc.source.SourceException;
import io.riffle.failure.Backoff;
import io.riffle.failure.Failure;
import io.riffle.failure.Failures;
import io.riffle.failure.Neighbour;
import io.riffle.failure.Pause;
import io.riffle.failure.SqlFailures;
import io.riffle.process.StopSignal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one source, with a new {@link Keeper} after each failure, until the source is removed. Of
 * several processes one keeps a source: the one whose connection has the lock.
 */
final class KeeperThread implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(KeeperThread.class);
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(15));

  /** Connect shares out its work anew now and then: that is no failure of a source. */
  private static final int FAILURES_TO_TELL = 3;

  /** A worker starts within a minute; one that takes longer is a failure. */
  private static final int FAILURES_TO_START = 9;

  private final Keeper.Neighbours neighbours;
  private final String source;
  private final StopSignal stop;
  private final Keeper.Memory memory;
  private volatile boolean removed;

  KeeperThread(Keeper.Neighbours neighbours, String source, StopSignal stop) {
    this.neighbours = neighbours;
    this.source = source;
    this.stop = stop;
    this.memory = Keeper.Memory.of(source, Clock.systemUTC());
  }

  /** Whether the source was taken away, and so is this. */
  boolean isRemoved() {
    return removed;
  }

  @Override
  public void run() {
    try (Pause pause = Pause.of(neighbours.config().topics().set(), "cdc-" + source)) {
      while (!stop.isGiven() && !removed) {
        try {
          keep(pause);
        } catch (Exception e) {
          wait(failure(e), pause);
        }
      }
    }
  }

  private void keep(Pause pause) throws Exception {
    try (Connection ledger = neighbours.config().database().open()) {
      Optional<CapturedSource> found = owned(ledger);
      if (found.isPresent()) {
        keep(found.get(), ledger, pause);
      } else {
        pause.succeeded();
      }
    }
    stop.await(neighbours.config().watch());
  }

  private void keep(CapturedSource found, Connection ledger, Pause pause) throws Exception {
    try (SourceView view = SourceView.show(neighbours.config().topics().set(), found);
        Keeper keeper = new Keeper(neighbours, source, ledger, view, memory)) {
      while (!stop.isGiven() && !removed) {
        step(keeper, pause);
        tell(view, pause);
        stop.await(keeper.pause());
      }
    }
  }

  private void step(Keeper keeper, Pause pause) throws Exception {
    try {
      removed = !keeper.step();
    } catch (Exception e) {
      boolean starting =
          e instanceof ConnectUnavailableException unavailable && unavailable.isStarting();
      if (pause.getFailures() >= (starting ? FAILURES_TO_START : FAILURES_TO_TELL)) {
        tellFailure(keeper, e);
      } else if (starting) {
        tellStarting(keeper, e);
      }
      throw e;
    }
  }

  private static void tellFailure(Keeper keeper, Exception thrown) {
    try {
      keeper.tellFailure(failure(thrown));
    } catch (SQLException e) {
      thrown.addSuppressed(e);
    }
  }

  private static void tellStarting(Keeper keeper, Exception thrown) {
    try {
      keeper.tellStarting();
    } catch (SQLException e) {
      thrown.addSuppressed(e);
    }
  }

  /** None while another process keeps it, or when there is no such source any more. */
  private Optional<CapturedSource> owned(Connection ledger) throws SQLException {
    Optional<CapturedSource> found = new Sources(ledger).find(source);
    removed = found.isEmpty();
    return found.isPresent() && lock(ledger) ? found : Optional.empty();
  }

  private boolean lock(Connection ledger) throws SQLException {
    try (PreparedStatement statement =
        ledger.prepareStatement(
            "SELECT pg_try_advisory_lock(hashtextextended('riffle cdc ' || ?, 0))")) {
      statement.setString(1, source);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /** A gap is to be seen where everything is that stands still. */
  private static void tell(SourceView view, Pause pause) {
    SourceState state = SourceState.valueOf(view.getState());
    switch (state) {
      case GAP -> {
        if (!pause.getState().equals("STOPPED")) {
          pause.stopped(Failure.of(Neighbour.RIFFLE, "CDC_GAP", view.getReason()));
        }
      }
      case FAILED -> pause.failed(Failure.of(Neighbour.RIFFLE, "CDC_SOURCE", view.getReason()));
      default -> pause.succeeded();
    }
  }

  private void wait(Failure failure, Pause pause) {
    if (stop.isGiven()) {
      return;
    }
    pause.failed(failure);
    stop.await(BACKOFF.pause(pause.getFailures()));
  }

  private static Failure failure(Exception thrown) {
    return Failures.of(thrown)
        .or(() -> ofSql(thrown))
        .or(
            () ->
                thrown instanceof SourceException
                    ? Optional.of(Failure.of(Neighbour.RIFFLE, "CDC_SOURCE", thrown.getMessage()))
                    : Optional.empty())
        .orElseGet(() -> defect(thrown));
  }

  private static Optional<Failure> ofSql(Exception thrown) {
    return Failures.chain(thrown)
        .filter(SQLException.class::isInstance)
        .map(e -> SqlFailures.of((SQLException) e).ofBookkeeping())
        .findFirst();
  }

  private static Failure defect(Exception thrown) {
    log.atError().setCause(thrown).log("unforeseen");
    return Failure.ofDefect(thrown);
  }
}
