package io.riffle.console.replay;

import io.riffle.console.access.RefusedException;
import io.riffle.console.access.Visitor;
import io.riffle.console.activity.Journal;
import io.riffle.operations.replay.ReplayException;
import io.riffle.operations.replay.ReplayLedger;
import io.riffle.operations.replay.ReplayMode;
import io.riffle.operations.replay.ReplayPlanner;
import io.riffle.operations.replay.ReplayPlanner.Planned;
import io.riffle.operations.replay.ReplayRequest;
import io.riffle.operations.replay.ReplayRunner;
import io.riffle.operations.replay.ReplaySite;
import io.riffle.operations.replay.ReplayStatus;
import io.riffle.operations.site.Endpoints;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans, runs and cancels replays, noted with who did it. Runs go on in this process; one that ends
 * with it is run again, or cancelled. Safe for use by several threads.
 */
public final class ReplayDesk implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ReplayDesk.class);
  private static final int AT_A_TIME = 2;
  private static final int MOST_ADVICE = 200;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int PARTING_SECONDS = 10;

  private final Endpoints endpoints;
  private final ReplayLedger ledger;
  private final Journal journal;
  private final ExecutorService runs =
      Executors.newFixedThreadPool(AT_A_TIME, task -> new Thread(task, "replay"));
  private final Set<Long> here = ConcurrentHashMap.newKeySet();
  private final Map<Long, Planned> advice = Collections.synchronizedMap(new Newest());

  /** What is known of a plan only when it is made. */
  private static final class Newest extends LinkedHashMap<Long, Planned> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, Planned> eldest) {
      return size() > MOST_ADVICE;
    }
  }

  public ReplayDesk(Endpoints endpoints, DataSource database, Journal journal) {
    this.endpoints = endpoints;
    this.ledger = new ReplayLedger(database);
    this.journal = journal;
  }

  ReplayLedger ledger() {
    return ledger;
  }

  /**
   * One of them.
   *
   * @throws RefusedException when there is none
   */
  ReplayStatus replay(long id) throws SQLException {
    try {
      return ledger.get(id);
    } catch (ReplayException e) {
      throw new RefusedException(NOT_FOUND, e.getMessage());
    }
  }

  /** What was found when the plan was made here; empty after a restart. */
  Optional<Planned> advice(long id) {
    return Optional.ofNullable(advice.get(id));
  }

  /**
   * Makes a plan; changes nothing else.
   *
   * @throws RefusedException with the reason why it cannot be done
   */
  Planned plan(ReplayRequest request, Visitor visitor) throws SQLException, InterruptedException {
    try {
      Planned planned =
          journal.act(
              visitor,
              "REPLAY_PLAN",
              request.scope().text() + request.start().text(),
              Optional.empty(),
              () -> new ReplayPlanner(ReplaySite.of(endpoints)).plan(request),
              made -> "replay " + made.status().id() + " " + made.status().mode());
      advice.put(planned.status().id(), planned);
      return planned;
    } catch (ReplayException e) {
      throw new RefusedException(CONFLICT, e.getMessage());
    }
  }

  /**
   * Begins a run, or goes on with one that was interrupted.
   *
   * @throws RefusedException when it runs already, or is none for this program
   */
  void run(long id, Visitor visitor) throws SQLException, InterruptedException {
    ReplayStatus status = replay(id);
    if (status.mode() == ReplayMode.GENERATION) {
      throw new RefusedException(
          CONFLICT, "a change of generation restarts programs: ./riffle replay run " + id);
    } else if (status.isRunning() && !status.isSilent()) {
      throw new RefusedException(CONFLICT, "replay " + id + " runs already");
    } else if (!here.add(id)) {
      throw new RefusedException(CONFLICT, "replay " + id + " waits for its turn already");
    }
    try {
      journal.act(
          visitor,
          "REPLAY_RUN",
          "replay " + id + ": " + status.scope(),
          Optional.of(status.state()),
          () -> {
            runs.execute(() -> run(id));
            return "RUNNING";
          },
          state -> state);
    } catch (SQLException | RejectedExecutionException e) {
      here.remove(id);
      throw e;
    }
  }

  private void run(long id) {
    try {
      ReplayRunner runner = new ReplayRunner(endpoints, ReplaySite.of(endpoints));
      Optional<String> failure = runner.run(id, (planned, done, scanned) -> {});
      log.atInfo()
          .addKeyValue("replay", id)
          .addKeyValue("failure", failure.orElse(""))
          .log("a replay has ended");
    } catch (ReplayException e) {
      note(id, e.getMessage());
    } catch (SQLException e) {
      note(id, "the database refused it, SQLSTATE " + e.getSQLState());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      note(id, e.getClass().getSimpleName());
    } finally {
      here.remove(id);
    }
  }

  /** What ended a run before it told the ledger itself. */
  private void note(long id, String why) {
    log.atWarn().addKeyValue("replay", id).addKeyValue("why", why).log("a replay was not run");
    try {
      if (ledger.get(id).isRunning()) {
        ledger.change(id, "FAILED", why);
      }
    } catch (SQLException | ReplayException e) {
      log.atWarn().addKeyValue("replay", id).log("its state could not be told");
    }
  }

  /** Ends a replay, wherever it runs: it stops after the transaction that is under way. */
  void cancel(long id, Visitor visitor) throws SQLException, InterruptedException {
    ReplayStatus status = replay(id);
    if (status.mode() == ReplayMode.GENERATION) {
      throw new RefusedException(
          CONFLICT, "a change of generation is cancelled by ./riffle replay cancel " + id);
    }
    journal.act(
        visitor,
        "REPLAY_CANCEL",
        "replay " + id + ": " + status.scope(),
        Optional.of(status.state()),
        () -> cancelled(id, visitor),
        state -> state);
  }

  private String cancelled(long id, Visitor visitor) throws SQLException {
    try {
      ledger.change(id, "CANCELLED", "cancelled by " + visitor.name());
      return "CANCELLED";
    } catch (ReplayException e) {
      throw new RefusedException(CONFLICT, e.getMessage());
    }
  }

  @Override
  public void close() {
    runs.shutdownNow();
    try {
      runs.awaitTermination(PARTING_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
