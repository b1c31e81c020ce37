package io.riffle.producer.rif;

/**
 * How large a split gets: not more than {@code bytes} and {@code rows}, unless one record is.
 *
 * @param bytes most bytes of a split
 * @param rows most rows of a split
 */
public record SplitLimits(long bytes, long rows) {

  /** 16 MiB or 50,000 rows. */
  public static final SplitLimits DEFAULT = new SplitLimits(16L << 20, 50_000);

  public SplitLimits {
    if (bytes < 1 || rows < 1) {
      throw new IllegalArgumentException("a split has room for at least one byte and one row");
    }
  }
}
