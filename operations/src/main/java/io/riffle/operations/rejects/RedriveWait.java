package io.riffle.operations.rejects;

import io.riffle.operations.client.Outage;
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

  /**
   * How the requests stand once all are over, or when the time is up. An outage of Postgres takes
   * of the time and is no error.
   */
  public List<RedriveState> await(List<Long> requests, Duration patience)
      throws SQLException, InterruptedException {
    return await(requests, patience, () -> {});
  }

  /**
   * The same.
   *
   * @param round told after each look that did not find the end
   */
  public List<RedriveState> await(List<Long> requests, Duration patience, Runnable round)
      throws SQLException, InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    List<RedriveState> states = ledger.redrives(requests);
    while (!states.stream().allMatch(RedriveState::isOver) && System.nanoTime() < until) {
      round.run();
      Thread.sleep(POLL.toMillis());
      List<RedriveState> before = states;
      states = Outage.answer(() -> ledger.redrives(requests), before);
    }
    return states;
  }
}
