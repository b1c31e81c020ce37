package io.riffle.operations.lag;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/**
 * Looks at single records of many partitions at once. Commits nothing, belongs to no group. For one
 * thread.
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

  /**
   * What was seen.
   *
   * @param unread partitions that were not read in time, or may not be
   */
  record Look(Map<TopicPartition, Found> found, Set<TopicPartition> unread) {}

  /** A record: where it is, and the time that it bears, in milliseconds. */
  record Found(long offset, long timestamp) {}

  /**
   * The first record at or behind an offset of each partition.
   *
   * @param ends where a look is over: partitions whose log has no record up to there have none
   * @throws TimeoutException when no partition was read
   */
  Look first(Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends) {
    return look(from, ends, true);
  }

  /** The same for the last record. */
  Look last(Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends) {
    return look(from, ends, false);
  }

  private Look look(Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends, boolean first) {
    Look look = new Look(new HashMap<>(), new HashSet<>());
    consumer.assign(from.keySet());
    from.forEach(consumer::seek);
    Set<TopicPartition> open = new HashSet<>(from.keySet());
    long deadline = System.nanoTime() + patience.toNanos();
    while (!open.isEmpty() && System.nanoTime() < deadline) {
      poll(open, look, first);
      open.removeIf(one -> isOver(one, ends.get(one), first && look.found().containsKey(one)));
      consumer.pause(done(consumer.assignment(), open));
    }
    consumer.unsubscribe();
    look.unread().addAll(open);
    if (!from.isEmpty() && look.unread().size() == from.size()) {
      throw new TimeoutException(open.size() + " partitions were not read in time");
    }
    return look;
  }

  private void poll(Set<TopicPartition> open, Look look, boolean first) {
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        Found one = new Found(record.offset(), record.timestamp());
        look.found().merge(partition, one, (before, now) -> first ? before : now);
      }
    } catch (TopicAuthorizationException e) {
      Predicate<TopicPartition> closed = one -> e.unauthorizedTopics().contains(one.topic());
      open.stream().filter(closed).forEach(look.unread()::add);
      open.removeIf(closed);
      consumer.assign(open);
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
