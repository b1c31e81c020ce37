package io.riffle.operations.lag;

import java.time.Duration;
import java.util.Optional;

/**
 * How far a group is behind on a partition.
 *
 * @param committed the next offset that it will read; {@link #NONE} when it reads the partition and
 *     has committed nothing yet, as a group does that keeps its offsets elsewhere
 * @param logStart the log's first offset
 * @param logEnd the log's end as Kafka tells it, markers of transactions included
 * @param lag messages behind: offsets from {@code committed} to the last record, from the log's
 *     start where nothing is committed
 * @param behind age of the record at {@code committed}; none when there is nothing to read, or it
 *     could not be looked at
 * @param member who reads it; none while nobody does
 */
public record PartitionLag(
    int partition,
    long committed,
    long logStart,
    long logEnd,
    long lag,
    Optional<Duration> behind,
    Optional<Member> member) {

  /** No offset. */
  public static final long NONE = -1;

  /** Whether it has committed anything. */
  public boolean hasCommitted() {
    return committed != NONE;
  }

  /** Records that it has not read have expired. */
  public boolean isTruncated() {
    return hasCommitted() && committed < logStart;
  }

  /** It has read what is not there: the topic was made again. */
  public boolean isBeyondTheEnd() {
    return committed > logEnd;
  }
}
