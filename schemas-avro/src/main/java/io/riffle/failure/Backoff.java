package io.riffle.failure;

import java.time.Duration;

/**
 * Pauses between attempts while a neighbour is away. Attempts are not limited: an outage ends.
 *
 * @param first pause after the first failure, doubled after each further one
 * @param longest upper bound of a pause
 */
public record Backoff(Duration first, Duration longest) {
  private static final int DOUBLINGS = 20;

  /**
   * The pause after a number of failures in a row, without jitter.
   *
   * @param failures at least 1
   */
  public Duration pause(int failures) {
    Duration pause = first.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS));
    return pause.compareTo(longest) < 0 ? pause : longest;
  }
}
