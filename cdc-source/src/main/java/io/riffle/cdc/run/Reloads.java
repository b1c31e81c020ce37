package io.riffle.cdc.run;

import io.riffle.cdc.config.CdcConfig;
import io.riffle.cdc.ledger.CapturedSource;
import io.riffle.cdc.ledger.SnapshotKind;
import io.riffle.cdc.ledger.Snapshots;
import io.riffle.cdc.ledger.TableSnapshot;
import io.riffle.cdc.reload.TableReload;
import io.riffle.cdc.source.SourceDatabase;
import io.riffle.failure.Failure;
import io.riffle.failure.SqlFailures;
import io.riffle.failure.Verdict;
import io.riffle.schemas.registry.SchemaRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reloads tables without a key, one after the other, beside the keeper: a large table must not keep
 * it from looking at the slot. One that a failure ends that may pass begins again.
 */
final class Reloads implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Reloads.class);

  private final CdcConfig config;
  private final TableReload reload;
  private final ExecutorService thread;
  private Future<?> running;

  Reloads(CdcConfig config, SchemaRegistry registry, String placeholder, String source) {
    this.config = config;
    this.reload = new TableReload(config, registry, placeholder);
    this.thread = Executors.newSingleThreadExecutor(work -> new Thread(work, "reload-" + source));
  }

  /** Asks for reloads that are due, and begins the next when none runs. */
  void step(CapturedSource source, Connection ledger, SourceDatabase database) throws Exception {
    Snapshots snapshots = new Snapshots(ledger);
    snapshots.requestDue(source.name(), source.epoch(), source.spec().reload());
    if (running != null && !running.isDone()) {
      return;
    }
    if (running != null) {
      tellFailure();
    }
    Optional<TableSnapshot> next = snapshots.next(source.name(), SnapshotKind.RELOAD);
    if (next.isPresent() && next.get().epoch() == source.epoch()) {
      running = thread.submit(() -> run(source, next.get(), database));
    }
  }

  private void tellFailure() throws Exception {
    Future<?> ended = running;
    running = null;
    try {
      ended.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private Void run(CapturedSource source, TableSnapshot next, SourceDatabase database)
      throws Exception {
    try (Connection ledger = config.database().open()) {
      Snapshots snapshots = new Snapshots(ledger);
      try {
        long rows = reload.run(source, next, database, progress(next, snapshots));
        snapshots.done(next.id(), rows);
        log.atInfo()
            .addKeyValue("source", source.name())
            .addKeyValue("table", next.table())
            .addKeyValue("rows", rows)
            .log("table reloaded");
      } catch (SQLException e) {
        Failure failure = SqlFailures.of(e).ofBookkeeping();
        if (failure.verdict() != Verdict.PASSING) {
          snapshots.failed(next.id(), failure.toString());
        }
        throw e;
      }
    }
    return null;
  }

  private static TableReload.Progress progress(TableSnapshot next, Snapshots snapshots) {
    return new TableReload.Progress() {
      @Override
      public void begins(long startLsn, long rowsExpected) throws SQLException {
        snapshots.begin(next.id(), startLsn, rowsExpected);
      }

      @Override
      public void sent(long rows) throws SQLException {
        snapshots.progress(next.id(), rows);
      }
    };
  }

  /** Gives up what runs; it begins again with the next keeper. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
