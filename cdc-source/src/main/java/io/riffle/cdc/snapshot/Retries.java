package io.riffle.cdc.snapshot;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Snapshots that Debezium could not read are tried again, each time later: it tells the same
 * whether the server went away for a moment or will never read the table. For one thread.
 */
final class Retries {
  private static final Duration FIRST = Duration.ofSeconds(5);

  /** After five minutes and a bit together. */
  private static final int MOST = 6;

  private final Clock clock;
  private final Map<Long, Integer> failures = new HashMap<>();
  private final Map<Long, Instant> due = new HashMap<>();

  Retries(Clock clock) {
    this.clock = clock;
  }

  /** Notes a failure; false when it was tried often enough. */
  boolean isWorthAnother(long snapshot) {
    int before = failures.merge(snapshot, 1, Integer::sum) - 1;
    due.put(snapshot, clock.instant().plus(FIRST.multipliedBy(1L << Math.min(before, MOST))));
    return before < MOST;
  }

  /** Whether it may be asked for now. */
  boolean isDue(long snapshot) {
    Instant moment = due.get(snapshot);
    return moment == null || !clock.instant().isBefore(moment);
  }

  /** It is over. */
  void forget(long snapshot) {
    failures.remove(snapshot);
    due.remove(snapshot);
  }
}
