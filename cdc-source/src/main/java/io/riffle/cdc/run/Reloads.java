package io.riffle.cdc.run;

import io.riffle.cdc.config.CdcConfig;
import io.riffle.cdc.ledger.CapturedSource;
import io.riffle.cdc.ledger.Snapshots;
import io.riffle.cdc.ledger.TableSnapshot;
import io.riffle.cdc.obfuscate.RuleException;
import io.riffle.cdc.reload.TableReload;
import io.riffle.cdc.source.SourceDatabase;
import io.riffle.cdc.source.SourceException;
import io.riffle.failure.Failure;
import io.riffle.failure.Failures;
import io.riffle.failure.Neighbour;
import io.riffle.failure.SqlFailures;
import io.riffle.failure.Verdict;
import io.riffle.schemas.registry.SchemaRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reloads tables without a key, one after the other, beside the keeper: a large table must not keep
 * it from looking at the slot. One that a failure ends that may pass begins again; after another
 * failure the others have their turn, and it has when its interval is over.
 */
final class Reloads implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Reloads.class);

  private static final Duration GRACE = Duration.ofSeconds(5);

  private final CdcConfig config;
  private final TableReload reload;
  private final ExecutorService thread;
  private Future<?> running;
  private volatile boolean closed;

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
    Optional<TableSnapshot> next = snapshots.nextReload(source.name());
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
      } catch (Exception e) {
        Failure failure = failure(e);
        if (closed || failure.verdict() == Verdict.PASSING) {
          throw e;
        }
        snapshots.failed(next.id(), failure.toString());
        log.atWarn()
            .addKeyValue("source", source.name())
            .addKeyValue("table", next.table())
            .log("reload failed, " + failure);
      }
    }
    return null;
  }

  /** Rules name columns, never values; nothing is known of what others say. */
  private static Failure failure(Exception thrown) {
    if (thrown instanceof SQLException sql) {
      return SqlFailures.of(sql).ofBookkeeping();
    }
    return Failures.of(thrown)
        .orElseGet(
            () ->
                thrown instanceof RuleException || thrown instanceof SourceException
                    ? Failure.of(Neighbour.RIFFLE, "CDC_SOURCE", thrown.getMessage())
                    : unforeseen(thrown));
  }

  private static Failure unforeseen(Exception thrown) {
    log.atError().setCause(thrown).log("unforeseen");
    return Failure.ofDefect(thrown);
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

  /** Gives up what runs, in the source too; it begins again with the next keeper. */
  @Override
  public void close() {
    closed = true;
    thread.shutdown();
    reload.cancel();
    try {
      if (!thread.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
        reload.abort();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
