package io.riffle.cdc.run;

import io.riffle.failure.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether somebody reads a slot whose connector is said to run. Connect knows only that the task is
 * there; Debezium in it connects again and again without a word, with the password that it was
 * started with. For one thread.
 */
final class SlotReader {
  /** Debezium itself waits up to 10 s between two attempts. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Backoff BACKOFF = new Backoff(PATIENCE, Duration.ofMinutes(10));

  private final Clock clock;
  private Optional<Instant> away = Optional.empty();
  private int restarts;
  private Instant next = Instant.MIN;

  SlotReader(Clock clock) {
    this.clock = clock;
  }

  /** The slot was looked at. */
  void seen(boolean active) {
    if (active) {
      dismissed();
    } else if (away.isEmpty()) {
      away = Optional.of(clock.instant());
    }
  }

  /** Nobody is to read it now. */
  void dismissed() {
    away = Optional.empty();
    restarts = 0;
    next = Instant.MIN;
  }

  /** Whether it was away for too long. */
  boolean isMissing() {
    return away.filter(since -> clock.instant().isAfter(since.plus(PATIENCE))).isPresent();
  }

  /** Whether now is the time for its connector to start again; the next time is later. */
  boolean isRestartDue() {
    Instant now = clock.instant();
    if (!isMissing() || now.isBefore(next)) {
      return false;
    }
    restarts++;
    next = now.plus(BACKOFF.pause(restarts));
    return true;
  }
}
