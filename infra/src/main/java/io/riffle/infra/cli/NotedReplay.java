package io.riffle.infra.cli;

import io.riffle.operations.activity.ActionNotes;
import io.riffle.operations.activity.ActionNotes.Outcome;
import io.riffle.operations.replay.ReplayLedger;
import io.riffle.operations.replay.ReplayStatus;
import java.sql.SQLException;
import java.util.Optional;

/** What is done to a replay, noted with the states before and after. */
final class NotedReplay {
  private final ActionNotes notes;
  private final ReplayLedger ledger;
  private final long id;

  NotedReplay(ActionNotes notes, ReplayLedger ledger, long id) {
    this.notes = notes;
    this.ledger = ledger;
    this.id = id;
  }

  /** Runs, cancels or drops it. */
  interface Doing<T> {
    T run() throws SQLException, InterruptedException;
  }

  /**
   * Does it.
   *
   * @param after what is said behind the state
   * @throws io.riffle.operations.replay.ReplayException when there is no such replay, or it cannot
   *     be done
   */
  <T> T act(String action, Outcome<T> after, Doing<T> doing)
      throws SQLException, InterruptedException {
    ReplayStatus before = ledger.get(id);
    return notes
        .act(
            action,
            "replay " + id + ": " + before.scope(),
            Optional.of(before.state()),
            () -> new Done<>(doing.run(), ledger.get(id).state()),
            done -> done.state() + after.of(done.result()))
        .result();
  }

  private record Done<T>(T result, String state) {}
}
