package io.riffle.producer.rif;

/**
 * How large a split gets: not more than {@code bytes}, {@code rows} and {@code hashes}, unless one
 * record is. A split is one transaction, which the broker ends when it takes too long, and a hash
 * costs some thousand times what the rest of a row does.
 *
 * @param bytes most bytes of a split
 * @param rows most rows of a split
 * @param hashes most hashes of Medicare numbers that the rows of a split need
 */
public record SplitLimits(long bytes, long rows, long hashes) {

  /** 16 MiB, 50,000 rows or 1,000 hashes: a second or so each. */
  public static final SplitLimits DEFAULT = new SplitLimits(16L << 20, 50_000, 1_000);

  public SplitLimits {
    if (bytes < 1 || rows < 1 || hashes < 1) {
      throw new IllegalArgumentException("a split has room for at least one byte, row and hash");
    }
  }

  /** The limits of a file each of whose rows needs so many hashes. */
  SplitLimits perRow(long hashesPerRow) {
    return hashesPerRow == 0
        ? this
        : new SplitLimits(bytes, Math.min(rows, Math.max(1, hashes / hashesPerRow)), hashes);
  }
}
