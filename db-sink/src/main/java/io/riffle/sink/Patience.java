package io.riffle.sink;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pauses that grow while a neighbour is away, with jitter, so that tasks do not knock at once. */
final class Patience {
  private static final Logger LOG = LoggerFactory.getLogger(Patience.class);

  private final RetryConfig config;
  private final Clock clock;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private int failures;
  private Instant until = Instant.EPOCH;

  Patience(RetryConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  /** Notes a failure; from now on {@link #left} says how long to wait. */
  void failed(String neighbour, String reason) {
    failures++;
    Duration pause = jittered(config.pause(failures));
    until = clock.instant().plus(pause);
    LOG.atWarn()
        .addKeyValue("neighbour", neighbour)
        .addKeyValue("reason", reason)
        .addKeyValue("failures", failures)
        .addKeyValue("pauseMillis", pause.toMillis())
        .log("neighbour is away, partitions are paused");
  }

  /** Between half and all of it. */
  private Duration jittered(Duration pause) {
    long most = Math.max(2, pause.toMillis());
    return Duration.ofMillis(random.nextLong(most / 2, most + 1));
  }

  void succeeded() {
    if (failures > 0) {
      LOG.atInfo().addKeyValue("failures", failures).log("neighbour is back");
      failures = 0;
      until = Instant.EPOCH;
    }
  }

  /** What is left of the pause; zero when the next attempt may start. */
  Duration left() {
    Duration left = Duration.between(clock.instant(), until);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
