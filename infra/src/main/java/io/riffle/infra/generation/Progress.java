package io.riffle.infra.generation;

import io.riffle.infra.replay.ReplayException;
import io.riffle.infra.replay.ReplayLedger;
import io.riffle.infra.replay.ReplayRunner;
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

  Progress(ReplayLedger ledger, long id, ReplayRunner.Watcher watcher) {
    this.ledger = ledger;
    this.id = id;
    this.watcher = watcher;
  }

  /**
   * Once a second at most.
   *
   * @throws ReplayException when the change is not to go on
   */
  void at(long planned, long done) throws SQLException {
    watcher.at(planned, done, 0);
    if (System.nanoTime() - last >= EVERY) {
      last = System.nanoTime();
      if (!ledger.beat(id, planned, done, note)) {
        throw new ReplayException("it was cancelled");
      }
    }
  }

  /** A step begins. */
  void note(String what) {
    note = what;
    watcher.note(what);
  }
}
