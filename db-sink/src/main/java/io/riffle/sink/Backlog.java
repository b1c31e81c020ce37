package io.riffle.sink;

import io.riffle.sink.record.Incoming;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * Records that wait for their transaction, in the order they came, and when it is due. Also narrows
 * batches down to a record that does not fit: after a failure half as many are tried, after a
 * success twice as many. No I/O.
 */
final class Backlog {
  private final BatchConfig config;
  private final List<Incoming> records = new ArrayList<>();
  private long bytes;
  private int barriers;
  private Instant since = Instant.EPOCH;
  private int limit = Integer.MAX_VALUE;

  Backlog(BatchConfig config) {
    this.config = config;
  }

  void add(Incoming record, Instant now) {
    if (records.isEmpty()) {
      since = now;
    }
    records.add(record);
    bytes += record.heldBytes();
    barriers += record instanceof Incoming.Barrier ? 1 : 0;
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  /** Whether records must be written before further ones are taken in. */
  boolean isFull() {
    return records.size() >= config.rows() || bytes >= config.bytes();
  }

  /**
   * @param idle whether nothing new came
   */
  boolean isDue(Instant now, boolean idle) {
    boolean old = !now.isBefore(since.plus(config.age()));
    return !isEmpty() && (isFull() || barriers > 0 || idle || old || limit < records.size());
  }

  /** How long the worker may wait for further records; not negative. */
  Duration patience(Instant now) {
    Duration left = Duration.between(now, since.plus(config.age()));
    Duration patience = left.compareTo(config.idle()) < 0 ? left : config.idle();
    return patience.isNegative() ? Duration.ZERO : patience;
  }

  /** The records to write next. */
  List<Incoming> head() {
    return List.copyOf(records.subList(0, Math.min(limit, records.size())));
  }

  /** The head was written. */
  void written(int count, Instant now) {
    List<Incoming> head = records.subList(0, count);
    head.forEach(this::uncount);
    head.clear();
    since = now;
    limit = limit > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE : limit * 2;
    if (records.isEmpty()) {
      limit = Integer.MAX_VALUE;
    }
  }

  /** The head could not be written as one; the next one is half of it. */
  void halve(int count) {
    limit = Math.max(1, count / 2);
  }

  void removeAll(Collection<TopicPartition> partitions) {
    records.removeIf(
        record -> {
          boolean gone = partitions.contains(record.place().topicPartition());
          if (gone) {
            uncount(record);
          }
          return gone;
        });
  }

  /**
   * Removes the records of a partition from an offset on.
   *
   * @return the first offset of what was removed; that offset when there was nothing
   */
  long removeFrom(TopicPartition partition, long offset) {
    long first = offset;
    for (Incoming record : records) {
      if (isBehind(record, partition, offset)) {
        uncount(record);
        first = Math.min(first, firstOffset(record));
      }
    }
    records.removeIf(record -> isBehind(record, partition, offset));
    return first;
  }

  private static boolean isBehind(Incoming record, TopicPartition partition, long offset) {
    return record.place().offset() >= offset && record.place().topicPartition().equals(partition);
  }

  private static long firstOffset(Incoming record) {
    return record instanceof Incoming.Change change
        ? change.firstOffset()
        : record.place().offset();
  }

  void clear() {
    records.clear();
    bytes = 0;
    barriers = 0;
    limit = Integer.MAX_VALUE;
  }

  private void uncount(Incoming record) {
    bytes -= record.heldBytes();
    barriers -= record instanceof Incoming.Barrier ? 1 : 0;
  }
}
