package io.riffle.operations.lag;

import java.time.Duration;
import java.util.Optional;

/**
 * How far a group is behind on a partition.
 *
 * @param committed the next offset that it will read
 * @param logStart the log's first offset
 * @param logEnd the log's end as Kafka tells it, markers of transactions included
 * @param lag messages behind: offsets from {@code committed} to the last record
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

  /** Records that it has not read have expired. */
  public boolean isTruncated() {
    return committed < logStart;
  }
}
