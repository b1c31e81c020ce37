package io.riffle.sink;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Where each partition of the task stands: what the database has, and what was taken in. No I/O.
 */
final class Positions {
  private static final class Position {
    /** The database's next offset; meaningless before the first verification. */
    private long written;

    /** The next offset to take in. */
    private long accepted;

    /** Whether records may be taken in: the consumer was sent to the right place. */
    private boolean placed;

    /** Whether the stored offset was compared with the log in the present session. */
    private boolean verified;

    /** Whether nothing is taken in for now. */
    private boolean held;
  }

  private final Map<TopicPartition, Position> byPartition = new HashMap<>();

  void open(Collection<TopicPartition> partitions) {
    partitions.forEach(partition -> byPartition.put(partition, new Position()));
  }

  void close(Collection<TopicPartition> partitions) {
    byPartition.keySet().removeAll(partitions);
  }

  Set<TopicPartition> all() {
    return Set.copyOf(byPartition.keySet());
  }

  /** Partitions to compare with the log before anything is written. */
  Set<TopicPartition> unverified() {
    Set<TopicPartition> unverified = new HashSet<>();
    byPartition.forEach(
        (partition, position) -> {
          if (!position.verified) {
            unverified.add(partition);
          }
        });
    return unverified;
  }

  void distrust() {
    byPartition.values().forEach(position -> position.verified = false);
  }

  /** Whether the database is where this task left it, so that what waits in memory may stay. */
  boolean agrees(TopicPartition partition, long stored) {
    Position position = byPartition.get(partition);
    return position.placed && position.written == stored;
  }

  void verified(TopicPartition partition) {
    byPartition.get(partition).verified = true;
  }

  /** The consumer is sent to an offset: what was taken in from there on is forgotten. */
  void place(TopicPartition partition, long next) {
    Position position = byPartition.get(partition);
    position.written = next;
    position.accepted = next;
    position.placed = true;
    position.verified = true;
    position.held = false;
  }

  /** Nothing is taken in from now on, until {@link #release}. */
  void hold(TopicPartition partition) {
    byPartition.get(partition).held = true;
  }

  /** The consumer is sent to an offset that nothing was written of yet. */
  void release(TopicPartition partition, long next) {
    Position position = byPartition.get(partition);
    position.accepted = next;
    position.held = false;
  }

  /** Whether a record is new; if so it counts as taken in. */
  boolean accept(TopicPartition partition, long offset) {
    Position position = byPartition.get(partition);
    if (position == null || !position.placed || position.held || offset < position.accepted) {
      return false;
    }
    position.accepted = offset + 1;
    return true;
  }

  long written(TopicPartition partition) {
    return byPartition.get(partition).written;
  }

  void written(TopicPartition partition, long next) {
    byPartition.get(partition).written = next;
  }

  /** The database's offsets, as far as they are known. */
  Map<TopicPartition, OffsetAndMetadata> written() {
    Map<TopicPartition, OffsetAndMetadata> written = new HashMap<>();
    byPartition.forEach(
        (partition, position) -> {
          if (position.placed) {
            written.put(partition, new OffsetAndMetadata(position.written));
          }
        });
    return written;
  }
}
