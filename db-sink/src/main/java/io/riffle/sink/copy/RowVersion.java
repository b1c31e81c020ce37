package io.riffle.sink.copy;

import java.util.Comparator;

/**
 * Version of a row: what the merged record that wrote it has as generation of its topic and as
 * offset. A key stays on one partition, so its offsets are ordered.
 */
public record RowVersion(int generation, long offset) implements Comparable<RowVersion> {
  private static final Comparator<RowVersion> ORDER =
      Comparator.comparingInt(RowVersion::generation).thenComparingLong(RowVersion::offset);

  @Override
  public int compareTo(RowVersion other) {
    return ORDER.compare(this, other);
  }
}
