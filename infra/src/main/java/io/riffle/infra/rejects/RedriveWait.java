package io.riffle.infra.rejects;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Waits for the end of redrives. */
public final class RedriveWait {

  private static final Duration POLL = Duration.ofMillis(200);

  private final RejectLedger ledger;

  public RedriveWait(RejectLedger ledger) {
    this.ledger = ledger;
  }

  /** How the requests stand once all are over, or when the time is up. */
  public List<RedriveState> await(List<Long> requests, Duration patience)
      throws SQLException, InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    List<RedriveState> states = ledger.redrives(requests);
    while (!states.stream().allMatch(RedriveState::isOver) && System.nanoTime() < until) {
      Thread.sleep(POLL.toMillis());
      states = ledger.redrives(requests);
    }
    return states;
  }
}
