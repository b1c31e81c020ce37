package io.riffle.sink.staging;

import java.util.Comparator;

/**
 * The order of change events of a row. Not the place in the source's log alone: a transaction that
 * began before a snapshot and ends behind it has smaller places than the snapshot's rows, and is
 * newer.
 *
 * @param epoch grows when slot, timeline or system identifier of the source change
 * @param commit the source's last commit before the event; 0 for rows of an initial snapshot
 * @param lsn the event's place in the source's log
 * @param offset its place on the topic
 */
public record EventVersion(int epoch, long commit, long lsn, long offset)
    implements Comparable<EventVersion> {
  private static final Comparator<EventVersion> ORDER =
      Comparator.comparingInt(EventVersion::epoch)
          .thenComparingLong(EventVersion::commit)
          .thenComparingLong(EventVersion::lsn)
          .thenComparingLong(EventVersion::offset);

  /** The same place in the source's log, further on the topic. */
  EventVersion at(long other) {
    return new EventVersion(epoch, commit, lsn, other);
  }

  boolean isNewerThan(EventVersion other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(EventVersion other) {
    return ORDER.compare(this, other);
  }
}
