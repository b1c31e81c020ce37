package io.riffle.cdc.run;

import io.riffle.failure.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** When a connector that failed is started again: soon, then later and later. For one thread. */
final class Restarts {
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(1));

  private final Clock clock;
  private int failures;
  private Instant next = Instant.MIN;

  Restarts(Clock clock) {
    this.clock = clock;
  }

  /** Whether now is the time; the next time is later. */
  boolean isDue() {
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      return false;
    }
    failures++;
    next = now.plus(BACKOFF.pause(failures));
    return true;
  }

  void works() {
    failures = 0;
    next = Instant.MIN;
  }
}
