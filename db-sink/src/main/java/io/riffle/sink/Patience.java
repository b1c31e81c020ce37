package io.riffle.sink;

import io.riffle.failure.Backoff;
import io.riffle.failure.Failure;
import io.riffle.failure.Neighbour;
import io.riffle.failure.Pause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Pauses that grow while a neighbour is away, with jitter, so that tasks do not knock at once. Who
 * waits for the lease looks again every second: that is how the database knows that it waits.
 */
final class Patience {
  private static final Duration LOOK_FOR_LEASE = Duration.ofSeconds(1);

  private final Backoff backoff;
  private final Clock clock;
  private final Pause pause;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private Instant until = Instant.EPOCH;

  /**
   * @param pause told of failures and of their end
   */
  Patience(Backoff backoff, Clock clock, Pause pause) {
    this.backoff = backoff;
    this.clock = clock;
    this.pause = pause;
  }

  /** Notes a failure; from now on {@link #left} says how long to wait. */
  void failed(Failure failure) {
    pause.failed(failure);
    Duration full = backoff.pause(pause.getFailures());
    boolean lease = failure.neighbour() == Neighbour.RIFFLE;
    until = clock.instant().plus(jittered(lease ? atMost(LOOK_FOR_LEASE, full) : full));
  }

  private static Duration atMost(Duration most, Duration wished) {
    return wished.compareTo(most) < 0 ? wished : most;
  }

  /** Between half and all of it. */
  private Duration jittered(Duration full) {
    long most = Math.max(2, full.toMillis());
    return Duration.ofMillis(random.nextLong(most / 2, most + 1));
  }

  void succeeded() {
    pause.succeeded();
    until = Instant.EPOCH;
  }

  /** What is left of the pause; zero when the next attempt may start. */
  Duration left() {
    Duration left = Duration.between(clock.instant(), until);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
