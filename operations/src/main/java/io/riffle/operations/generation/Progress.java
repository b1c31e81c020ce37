package io.riffle.operations.generation;

import io.riffle.operations.replay.ReplayException;
import io.riffle.operations.replay.ReplayLedger;
import io.riffle.operations.replay.ReplayRunner;
import io.riffle.operations.replay.ReplayStatus;
import java.sql.SQLException;
import java.time.Duration;

/** Tells whoever watches, and the ledger, how far a change is; ends it when it was cancelled. */
final class Progress {
  private static final long EVERY = Duration.ofSeconds(1).toNanos();

  private final ReplayLedger ledger;
  private final long id;
  private final ReplayRunner.Watcher watcher;
  private long last = System.nanoTime() - EVERY;
  private String note;
  private long planned;
  private long done;

  /** Goes on with the counts of an earlier run. */
  Progress(ReplayLedger ledger, long id, ReplayRunner.Watcher watcher) throws SQLException {
    this.ledger = ledger;
    this.id = id;
    this.watcher = watcher;
    ReplayStatus before = ledger.get(id);
    this.planned = before.planned();
    this.done = before.done();
  }

  /**
   * Once a second at most.
   *
   * @throws ReplayException when the change is not to go on
   */
  void at(long planned, long done) throws SQLException {
    this.planned = planned;
    this.done = done;
    watcher.at(planned, done, 0);
    if (System.nanoTime() - last >= EVERY) {
      requireWanted();
    }
  }

  /**
   * Between two steps.
   *
   * @throws ReplayException when the change is not to go on
   */
  void requireWanted() throws SQLException {
    last = System.nanoTime();
    if (!ledger.beat(id, planned, done, note)) {
      throw new ReplayException("it was cancelled");
    }
  }

  /** A step begins. */
  void note(String what) {
    note = what;
    watcher.note(what);
  }
}
