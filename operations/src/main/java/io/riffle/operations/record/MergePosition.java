package io.riffle.operations.record;

import io.riffle.operations.client.KafkaAdmin;
import io.riffle.operations.site.Endpoints;
import io.riffle.operations.site.StackException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** Up to where merge-processor has taken the raw topics, by its committed offsets. */
final class MergePosition {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Map<TopicPartition, Long> next;

  private MergePosition(Map<TopicPartition, Long> next) {
    this.next = Map.copyOf(next);
  }

  /**
   * Asks Kafka.
   *
   * @throws StackException when it does not answer
   */
  static MergePosition of(Endpoints endpoints, String group) throws InterruptedException {
    Map<TopicPartition, Long> next = new HashMap<>();
    try (Admin admin = KafkaAdmin.open(endpoints, PATIENCE)) {
      admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .forEach(
              (partition, offset) -> {
                if (offset != null) {
                  next.put(partition, offset.offset());
                }
              });
    } catch (ExecutionException e) {
      throw new StackException(
          "Kafka does not answer: is the stack up? (riffle status, riffle up)", e);
    }
    return new MergePosition(next);
  }

  boolean isMerged(Delivery delivery, int partition) {
    return delivery.offset() < of(delivery.topic(), partition);
  }

  /** Offsets between there and the end that a scan saw. */
  long behind(Window window) {
    return Math.max(0, window.to() - of(window.topic(), window.partition()));
  }

  private long of(String topic, int partition) {
    return next.getOrDefault(new TopicPartition(topic, partition), 0L);
  }
}
