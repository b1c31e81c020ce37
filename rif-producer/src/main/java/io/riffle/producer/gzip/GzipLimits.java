package io.riffle.producer.gzip;

import io.riffle.config.ConfigException;

/**
 * How much a gzip object may decompress to.
 *
 * @param maxBytes decompressed, in all
 * @param maxRatio decompressed bytes for each compressed one, looked at after the first {@link
 *     #FREE_BYTES}
 */
public record GzipLimits(long maxBytes, int maxRatio) {

  /** Small objects may have any ratio. */
  public static final long FREE_BYTES = 16L * 1024 * 1024;

  /** No limits, for bytes that the planner has read within them. */
  public static final GzipLimits NONE = new GzipLimits(Long.MAX_VALUE, Integer.MAX_VALUE);

  public GzipLimits {
    if (maxBytes < 1) {
      throw new ConfigException("gzip.max-bytes", maxBytes, "must be at least 1");
    }
    if (maxRatio < 1) {
      throw new ConfigException("gzip.max-ratio", maxRatio, "must be at least 1");
    }
  }

  boolean exceededBy(long compressed, long decompressed) {
    return decompressed > maxBytes
        || (decompressed > FREE_BYTES && decompressed / maxRatio > compressed);
  }
}
