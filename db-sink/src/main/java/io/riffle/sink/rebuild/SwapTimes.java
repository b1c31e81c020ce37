package io.riffle.sink.rebuild;

import java.time.Duration;

/**
 * How patient the exchange of the tables is.
 *
 * @param lock longest wait for readers of a table, who are kept out meanwhile
 * @param snapshots longest wait, with the live sink paused, for readers with an older view
 * @param patience longest time of all tries together; the live sink works between them
 */
public record SwapTimes(Duration lock, Duration snapshots, Duration patience) {
  /** Two seconds for a lock, ten for snapshots, an hour of tries. */
  public static final SwapTimes USUAL =
      new SwapTimes(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofHours(1));
}
