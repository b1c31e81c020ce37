package io.riffle.net;

import java.time.Duration;

/**
 * What every connection suffers while it works.
 *
 * @param latency of each chunk of up to 64 KiB, in each direction; a connection carries one chunk
 *     at a time, so this limits it, too
 * @param bytesPerSecond of each connection and direction; 0 is no limit
 * @param resetRate share of the chunks, from 0 to 1, that reset their connection instead of
 *     arriving
 */
public record Weather(Duration latency, long bytesPerSecond, double resetRate) {

  /** Nothing happens. */
  public static final Weather FINE = new Weather(Duration.ZERO, 0, 0);

  public Weather {
    if (latency.isNegative() || bytesPerSecond < 0 || resetRate < 0 || resetRate > 1) {
      throw new IllegalArgumentException("no such weather");
    }
  }

  /** How long a chunk is on its way. */
  Duration travel(int bytes) {
    return bytesPerSecond == 0
        ? latency
        : latency.plusNanos(Math.multiplyExact(bytes, 1_000_000_000L) / bytesPerSecond);
  }
}
