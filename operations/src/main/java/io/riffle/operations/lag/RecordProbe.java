package io.riffle.operations.lag;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Looks at single records of many partitions at once. Commits nothing, belongs to no group. What
 * was not read in time is no answer: {@link TimeoutException}. For one thread.
 */
final class RecordProbe {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> consumer;
  private final Duration patience;

  /**
   * @param consumer without a group, reading committed records, at most few bytes of each partition
   *     at a time; it is the caller's
   * @param patience for one look at all partitions
   */
  RecordProbe(Consumer<byte[], byte[]> consumer, Duration patience) {
    this.consumer = consumer;
    this.patience = patience;
  }

  /** A record: where it is, and the time that it bears, in milliseconds. */
  record Found(long offset, long timestamp) {}

  /**
   * The first record at or behind an offset of each partition.
   *
   * @param ends where a look is over: partitions whose log has no record up to there have none
   */
  Map<TopicPartition, Found> first(Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends) {
    Map<TopicPartition, Found> found = new HashMap<>();
    look(from, ends, found, true);
    return found;
  }

  /** The last record at or behind an offset of each partition, of those that have one. */
  Map<TopicPartition, Found> last(Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends) {
    Map<TopicPartition, Found> found = new HashMap<>();
    look(from, ends, found, false);
    return found;
  }

  private void look(
      Map<TopicPartition, Long> from,
      Map<TopicPartition, Long> ends,
      Map<TopicPartition, Found> found,
      boolean first) {
    consumer.assign(from.keySet());
    from.forEach(consumer::seek);
    Set<TopicPartition> open = new HashSet<>(from.keySet());
    long deadline = System.nanoTime() + patience.toNanos();
    while (!open.isEmpty() && System.nanoTime() < deadline) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        Found one = new Found(record.offset(), record.timestamp());
        found.merge(partition, one, (before, now) -> first ? before : now);
      }
      open.removeIf(one -> isOver(one, ends.get(one), first && found.containsKey(one)));
      consumer.pause(done(from.keySet(), open));
    }
    consumer.unsubscribe();
    if (!open.isEmpty()) {
      throw new TimeoutException(open.size() + " partitions were not read in time");
    }
  }

  private boolean isOver(TopicPartition partition, long end, boolean enough) {
    return enough || consumer.position(partition) >= end;
  }

  private static Set<TopicPartition> done(Set<TopicPartition> all, Set<TopicPartition> open) {
    Set<TopicPartition> done = new HashSet<>(all);
    done.removeAll(open);
    return done;
  }
}
