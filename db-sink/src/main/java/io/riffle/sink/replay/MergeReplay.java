package io.riffle.sink.replay;

import io.riffle.failure.Failure;
import io.riffle.failure.Failures;
import io.riffle.lease.LeaseElsewhereException;
import io.riffle.lease.LeaseParty;
import io.riffle.sink.MonotonicClock;
import io.riffle.sink.TaskLease;
import io.riffle.sink.offsets.AdminTopicLog;
import io.riffle.sink.offsets.LogFacts;
import io.riffle.sink.offsets.TopicLog;
import io.riffle.sink.record.IncomingReader;
import io.riffle.sink.replay.ReplayEnd.Cancelled;
import io.riffle.sink.replay.ReplayEnd.Done;
import io.riffle.sink.replay.ReplayEnd.Failed;
import io.riffle.sink.write.Database;
import io.riffle.sink.write.DatabaseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a replay of mode MERGE to its end: of each key the newest record in the ranges is written
 * again, where the database has nothing as new. So rows that are missing come back, and no reader
 * sees an older row on the way. Shares the lease of the deployment, and runs beside its live sink.
 */
public final class MergeReplay implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MergeReplay.class);

  /** A session of a process that was killed ends when the server has noticed. */
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(15);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  private final ReplaySettings settings;
  private final Consumer<ReplayProgress> watcher;
  private final Database database;
  private final TaskLease lease;
  private final ReplayTable table;
  private final TopicLog log;
  private final RangeReader reader;
  private final IncomingReader incoming;
  private final Endurance endurance;
  private ReplayProgress progress = new ReplayProgress(0, 0, 0, 0, 0, 0);

  private MergeReplay(ReplaySettings settings, long replay, Consumer<ReplayProgress> watcher) {
    String name = "replay-" + replay;
    this.settings = settings;
    this.watcher = watcher;
    this.database = new Database(settings.database());
    this.lease =
        new TaskLease(
            database,
            LeaseParty.of(settings.deployment(), name, settings.leaseLifetime()),
            new MonotonicClock());
    this.table = new ReplayTable(replay, settings.topics(), settings.layouts());
    this.log = new AdminTopicLog(settings.kafka());
    this.reader = new RangeReader(settings.kafka(), "riffle-" + name);
    this.incoming = new IncomingReader(settings.registry());
    this.endurance = new Endurance(settings.retry(), settings.patience());
  }

  /**
   * Runs the replay, or goes on with one that was interrupted. Returns when it is over.
   *
   * @param watcher told how far it is, often
   */
  public static ReplayEnd run(
      ReplaySettings settings, long replay, Consumer<ReplayProgress> watcher) {
    try (MergeReplay run = new MergeReplay(settings, replay, watcher)) {
      return run.run();
    }
  }

  private ReplayEnd run() {
    while (true) {
      try {
        runToTheEnd();
        return new Done(progress);
      } catch (StoppedException e) {
        return e.isCancelled() ? new Cancelled(progress) : failed(e.getMessage());
      } catch (LeaseElsewhereException e) {
        return failed(e.getMessage());
      } catch (RuntimeException e) {
        Optional<Failure> failure = Failures.of(e);
        if (failure.isEmpty()) {
          LOG.atError().setCause(e).log("replay failed");
        }
        String reason = failure.map(Failure::text).orElseGet(() -> e.getClass().getSimpleName());
        if (failure.isEmpty() || !endurance.wait(failure.get(), progress.done())) {
          return failed(reason);
        }
      }
    }
  }

  private void runToTheEnd() {
    lease.hold();
    takeOver();
    Replay replay = database.transaction(table::begin);
    told(replay.progress());
    requireReadable(replay.ranges());
    Pulse pulse = new Pulse(database, lease, table);
    RangeScan scan = new RangeScan(reader, replay.keys(), pulse, this::scanned);
    RangeCopy copy =
        new RangeCopy(settings, replay.forced(), database, lease, table, reader, incoming, pulse);
    for (ReplayRange range : replay.ranges()) {
      if (!range.isDone()) {
        long[] newest =
            scan.newest(range, database.transaction(session -> table.rejected(session, range)));
        copy.copy(range, newest, this::wrote);
      }
    }
    database.transaction(
        session -> {
          table.change(
              session, "DONE", copy.refused().map("refused, first: "::concat).orElse(null));
          return true;
        });
  }

  /** Becomes the one process that runs the replay. */
  private void takeOver() {
    long end = System.nanoTime() + Math.min(LOCK_PATIENCE.toNanos(), settings.patience().toNanos());
    while (!database.transaction(table::lock)) {
      if (System.nanoTime() - end > 0) {
        throw StoppedException.because("another process runs it");
      }
      Endurance.sleep(LOOK_AGAIN);
    }
  }

  private void requireReadable(List<ReplayRange> ranges) {
    List<ReplayRange> left = ranges.stream().filter(range -> !range.isDone()).toList();
    Map<TopicPartition, LogFacts> facts =
        log.facts(left.stream().map(ReplayRange::topicPartition).collect(Collectors.toSet()));
    for (ReplayRange range : left) {
      RangeCheck.problem(
              range.topicPartition(),
              range.topicId(),
              range.partitions(),
              range.next(),
              range.to(),
              facts.get(range.topicPartition()))
          .ifPresent(
              problem -> {
                throw StoppedException.because(problem);
              });
    }
  }

  private void scanned(long offsets) {
    told(progress.scanned(offsets));
  }

  private void wrote(RangeCopy.Step step) {
    told(
        progress.and(
            step.offsets(),
            step.outcome().written(),
            step.outcome().kept(),
            step.outcome().rejected()));
  }

  private void told(ReplayProgress now) {
    progress = now;
    watcher.accept(now);
  }

  /**
   * Notes it, unless it is another process's replay. It may be that the database does not answer;
   * then it stays RUNNING, without a sign of life.
   */
  private ReplayEnd failed(String reason) {
    try {
      database.transaction(
          session -> {
            if (table.lock(session) && table.beat(session)) {
              table.change(session, "FAILED", reason);
            }
            return true;
          });
    } catch (DatabaseException e) {
      LOG.atInfo().addKeyValue("reason", e.getMessage()).log("the failure was not noted");
    }
    return new Failed(progress, reason);
  }

  @Override
  public void close() {
    reader.close();
    log.close();
    lease.leave();
    database.close();
  }
}
