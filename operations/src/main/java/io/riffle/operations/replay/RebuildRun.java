package io.riffle.operations.replay;

import io.riffle.failure.Failure;
import io.riffle.failure.Failures;
import io.riffle.sink.rebuild.Progress;
import io.riffle.sink.rebuild.Rebuild;
import io.riffle.sink.rebuild.RebuildException;
import io.riffle.sink.rebuild.RebuildSettings;
import io.riffle.sink.rebuild.Step;
import io.riffle.sink.rebuild.TopicRange;
import io.riffle.sink.record.SinkTopic;
import io.riffle.sink.write.DatabaseConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * A replay of mode REBUILD, by db-sink. It is DONE in the transaction that exchanges the tables.
 */
final class RebuildRun {
  private static final long EVERY = Duration.ofSeconds(1).toNanos();
  private static final String DONE = "SELECT riffle.change_replay_state(?, 'DONE')";

  private final ReplaySite site;
  private final ReplayLedger ledger;
  private final DatabaseConfig database;

  // Of one thread of the rebuild after the other, which tell one at a time.
  private volatile long lastBeat;
  private volatile Step step;
  private volatile long planned;
  private volatile long loaded;

  RebuildRun(ReplaySite site, ReplayLedger ledger, DatabaseConfig database) {
    this.site = site;
    this.ledger = ledger;
    this.database = database;
  }

  /**
   * Runs it, or goes on with one that was interrupted.
   *
   * @return why it failed; empty when the new tables are live
   */
  Optional<String> run(long id, ReplayRunner.Watcher watcher)
      throws SQLException, InterruptedException {
    Rebuild rebuild = rebuild(id);
    ReplayStatus before = ledger.get(id);
    planned = before.planned();
    loaded = before.done();
    ledger.change(id, "RUNNING", null);
    try {
      rebuild.run(progress -> tell(id, progress, watcher), connection -> done(connection, id));
      finish(id);
      return Optional.empty();
    } catch (ReplayException e) {
      return Optional.of(e.getMessage());
    } catch (RebuildException e) {
      return Optional.of(failed(id, e.getMessage()));
    } catch (RuntimeException e) {
      Failure failure = Failures.of(e).orElseThrow(() -> e);
      return Optional.of(failed(id, failure.text()));
    }
  }

  /** Takes away what it has made, and the tables that were replaced. */
  void drop(long id) throws SQLException, InterruptedException {
    try {
      rebuild(id).drop();
    } catch (RebuildException e) {
      throw new ReplayException(e.getMessage(), e);
    }
  }

  private Rebuild rebuild(long id) throws SQLException {
    String name = ledger.get(id).topic();
    SinkTopic topic =
        SinkTopic.of(name, site.topics(), site.layouts())
            .orElseThrow(() -> new ReplayException("no layout of this build has topic " + name));
    List<TopicRange> ranges = ledger.ranges(id).stream().map(RebuildRun::range).toList();
    RebuildSettings settings =
        RebuildSettings.of(database, site.kafka(), site.topics().sinkConnector());
    return new Rebuild(id, topic, ranges, settings, site.registry());
  }

  private static TopicRange range(PlannedRange planned) {
    return new TopicRange(
        new TopicPartition(planned.topic(), planned.partition()),
        planned.topicId(),
        planned.from(),
        planned.to());
  }

  private void tell(long id, Progress progress, ReplayRunner.Watcher watcher) {
    watcher.step(progress.step(), progress.text());
    watcher.at(progress.total(), progress.done(), 0);
    count(progress);
    if (progress.step() != step || System.nanoTime() - lastBeat >= EVERY) {
      step = progress.step();
      beat(id, progress);
    }
  }

  /** What is kept of how far it is are records; other steps count other things. */
  private void count(Progress progress) {
    if (progress.step() == Step.SCAN || progress.step() == Step.LOAD) {
      planned = progress.total();
    }
    if (progress.step() == Step.LOAD) {
      loaded = progress.done();
    }
  }

  /** Cancelled from elsewhere, it ends here; up to the swap nothing of it is to be seen. */
  private void beat(long id, Progress progress) {
    String does =
        progress.text().isEmpty()
            ? progress.step().name()
            : progress.step() + ": " + progress.text();
    lastBeat = System.nanoTime();
    try {
      if (!ledger.beat(id, planned, loaded, does) && !ledger.get(id).state().equals("DONE")) {
        throw new ReplayException("it was cancelled");
      }
    } catch (SQLException e) {
      lastBeat = 0; // the rebuild itself finds out whether the database is away
    }
  }

  private static void done(Connection connection, long id) throws SQLException {
    try (PreparedStatement change = connection.prepareStatement(DONE)) {
      change.setLong(1, id);
      change.execute();
    }
  }

  /** When an earlier run was killed behind its swap, its state is DONE already. */
  private void finish(long id) throws SQLException {
    if (!ledger.get(id).state().equals("DONE")) {
      ledger.change(id, "DONE", null);
    }
  }

  private String failed(long id, String reason) throws SQLException {
    if (ledger.get(id).isRunning()) {
      ledger.change(id, "FAILED", reason);
    }
    return reason;
  }
}
