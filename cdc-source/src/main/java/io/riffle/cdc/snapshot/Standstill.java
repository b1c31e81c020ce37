package io.riffle.cdc.snapshot;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Notices a snapshot that does not move. When Debezium cannot read a chunk it logs that, goes on
 * streaming, and leaves the snapshot where it is until its task starts again. For one thread.
 */
final class Standstill {
  /** Longer than any chunk takes. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Heartbeats have stored by then what Debezium knows of its snapshot. */
  static final Duration QUIET = Duration.ofSeconds(30);

  private final Clock clock;
  private Instant moved;
  private Instant asked;

  Standstill(Clock clock) {
    this.clock = clock;
    this.moved = clock.instant();
    this.asked = moved;
  }

  /** A chunk came, or nothing is to come. */
  void moved() {
    moved = clock.instant();
    asked = moved;
  }

  /** Whether nothing has come for a while; once, then there is a while again. */
  boolean isQuiet() {
    boolean quiet = clock.instant().isAfter(asked.plus(QUIET));
    if (quiet) {
      asked = clock.instant();
    }
    return quiet;
  }

  /** Whether nothing has come for too long; once, then there is as much time again. */
  boolean isNews() {
    boolean over = clock.instant().isAfter(moved.plus(PATIENCE));
    if (over) {
      moved();
    }
    return over;
  }
}
