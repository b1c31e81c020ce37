package io.riffle.schemas.control;

import java.time.Instant;
import java.util.Comparator;

/**
 * The version of a RIF record: from the data alone, unique, totally ordered (MERGE semantics).
 *
 * @param instant of the manifest's folder, nanoseconds since 1970-01-01T00:00:00Z
 * @param feed rank of the feed: 0 for {@code Incoming}, 1 for {@code Synthetic/Incoming}, others as
 *     their sources declare
 * @param sequence the manifest's sequenceId
 * @param entry zero-based index of the entry in the manifest
 * @param record number of the record within its file, from 1
 */
public record Version(long instant, int feed, int sequence, int entry, long record)
    implements Comparable<Version> {

  private static final Comparator<Version> ORDER =
      Comparator.comparingLong(Version::instant)
          .thenComparingInt(Version::feed)
          .thenComparingInt(Version::sequence)
          .thenComparingInt(Version::entry)
          .thenComparingLong(Version::record);

  private static final long NANOS = 1_000_000_000L;

  @Override
  public int compareTo(Version other) {
    return ORDER.compare(this, other);
  }

  public boolean isNewerThan(Version other) {
    return compareTo(other) > 0;
  }

  /** The same place in the feed, at another record of the same file. */
  public Version at(long recordNumber) {
    return new Version(instant, feed, sequence, entry, recordNumber);
  }

  /** Whether the other one is of a record of the same file, this one's own included. */
  public boolean isOfFile(Version other) {
    return at(other.record).equals(other);
  }

  /** For readers: {@code 2024-01-19T16:16:38Z/0/1/0/17}, in the order of the components. */
  public String text() {
    return toInstant(instant) + "/" + feed + "/" + sequence + "/" + entry + "/" + record;
  }

  /**
   * Nanoseconds since the epoch.
   *
   * @throws ArithmeticException outside of the years 1677 to 2262
   */
  public static long nanos(Instant instant) {
    return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), NANOS), instant.getNano());
  }

  /** The inverse of {@link #nanos}. */
  public static Instant toInstant(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
  }
}
