package io.riffle.operations.replay;

import io.riffle.config.Secret;
import io.riffle.failure.Backoff;
import io.riffle.lease.LeaseParty;
import io.riffle.operations.site.Endpoints;
import io.riffle.sink.rebuild.Step;
import io.riffle.sink.replay.MergeReplay;
import io.riffle.sink.replay.ReplayEnd;
import io.riffle.sink.replay.ReplaySettings;
import io.riffle.sink.replay.ReplaySettings.Batches;
import io.riffle.sink.write.DatabaseConfig;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Runs plans, in this process. */
public final class ReplayRunner {
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(90);
  private static final Backoff RETRY = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Endpoints endpoints;
  private final ReplaySite site;
  private final ReplayLedger ledger;

  public ReplayRunner(Endpoints endpoints, ReplaySite site) {
    this.endpoints = endpoints;
    this.site = site;
    this.ledger = new ReplayLedger(site.database());
  }

  /** Told how far a run is, often. */
  public interface Watcher {
    /**
     * How far it is.
     *
     * @param planned offsets, or records of a file; 0 before that is known
     * @param scanned looked at before they can be done
     */
    void at(long planned, long done, long scanned);

    /**
     * What a rebuild does now, told before how far it is; other replays have no steps.
     *
     * @param note what it has found or waits for, for people; may be empty
     */
    default void step(Step step, String note) {}

    /** What a change of generation does now. */
    default void note(String what) {}
  }

  /**
   * Runs a plan, or goes on with one that was interrupted.
   *
   * @return why it did not come to its end; empty when it did
   * @throws ReplayException when it cannot be run
   */
  public Optional<String> run(long replay, Watcher watcher)
      throws SQLException, InterruptedException {
    ReplayMode mode = ledger.get(replay).mode();
    new GenerationCheck(site).require(replay);
    return switch (mode) {
      case MERGE -> merge(replay, watcher);
      case REINGEST ->
          new Reingest(site, ledger)
              .run(replay, (stored, records) -> watcher.at(records, stored, 0));
      case REBUILD -> new RebuildRun(site, ledger, database(replay)).run(replay, watcher);
      case GENERATION -> throw new IllegalArgumentException("it is of no single type");
    };
  }

  private Optional<String> merge(long replay, Watcher watcher) {
    ReplayEnd end =
        MergeReplay.run(
            settings(replay), replay, now -> watcher.at(now.planned(), now.done(), now.scanned()));
    if (end instanceof ReplayEnd.Failed failed) {
      return Optional.of(failed.reason());
    }
    return end instanceof ReplayEnd.Cancelled ? Optional.of("it was cancelled") : Optional.empty();
  }

  private ReplaySettings settings(long replay) {
    return new ReplaySettings(
        endpoints.deployment(),
        LeaseParty.USUAL_LIFETIME,
        site.topics(),
        site.layouts(),
        database(replay),
        site.registry(),
        site.kafka(),
        Batches.USUAL,
        RETRY,
        PATIENCE);
  }

  /** Where a replay writes. */
  public DatabaseConfig database(long replay) {
    return new DatabaseConfig(
        endpoints.jdbcUrl(),
        endpoints.postgresUser(),
        Secret.of(endpoints.postgresPassword()),
        site.tablesSchema(),
        "riffle-replay-" + replay,
        LOCK_TIMEOUT,
        STATEMENT_TIMEOUT,
        SOCKET_TIMEOUT);
  }

  /**
   * Forgets what a replay that is over needed, and of a rebuild the tables that it replaced, or has
   * made so far.
   *
   * @throws ReplayException when it is PLANNED or RUNNING
   */
  public void drop(long replay) throws SQLException, InterruptedException {
    ReplayStatus status = ledger.get(replay);
    ledger.drop(
        replay); // refuses before anything is gone; what is left after a kill goes next time
    if (status.mode() == ReplayMode.REBUILD) {
      new RebuildRun(site, ledger, database(replay)).drop(replay);
    }
  }
}
