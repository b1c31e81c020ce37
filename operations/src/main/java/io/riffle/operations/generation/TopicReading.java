package io.riffle.operations.generation;

import io.riffle.operations.replay.PlannedRange;
import io.riffle.operations.replay.ReplayException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads ranges of offsets, committed records only, several partitions side by side. One thread. */
final class TopicReading implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int PARTITION_BYTES = 9 << 20;

  private final KafkaConsumer<byte[], byte[]> consumer;

  /**
   * @param group whose offsets tell where to go on; none: from the begin of each range
   */
  TopicReading(Map<String, String> kafka, Optional<String> group) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "riffle-cli");
    group.ifPresent(name -> settings.put(ConsumerConfig.GROUP_ID_CONFIG, name));
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_BYTES);
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Takes some records, which may be none, and where the partitions are behind them. */
  interface Receiver {
    void take(List<ConsumerRecord<byte[], byte[]>> records, Map<TopicPartition, Long> next)
        throws SQLException;
  }

  KafkaConsumer<byte[], byte[]> consumer() {
    return consumer;
  }

  /** Where the group is, or a range begins. */
  Map<TopicPartition, Long> positions(Collection<PlannedRange> ranges, boolean ofGroup) {
    Map<TopicPartition, Long> positions = new HashMap<>();
    ranges.forEach(range -> positions.put(partition(range), range.from()));
    if (ofGroup) {
      consumer
          .committed(positions.keySet())
          .forEach(
              (partition, offset) -> {
                if (offset != null) {
                  positions.put(partition, offset.offset());
                }
              });
    }
    return positions;
  }

  /**
   * Reads from these positions to the ends of the ranges.
   *
   * @throws ReplayException when the brokers give nothing for two minutes
   */
  void read(Collection<PlannedRange> ranges, Map<TopicPartition, Long> positions, Receiver receiver)
      throws SQLException {
    Map<TopicPartition, Long> ends = new HashMap<>();
    ranges.forEach(range -> ends.put(partition(range), range.to()));
    Map<TopicPartition, Long> at = new HashMap<>(positions);
    consumer.assign(ends.keySet());
    at.forEach(consumer::seek);
    long lastMove = System.nanoTime();
    while (ends.entrySet().stream().anyMatch(end -> at.get(end.getKey()) < end.getValue())) {
      ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
      Map<TopicPartition, Long> next = new HashMap<>();
      for (TopicPartition one : ends.keySet()) {
        long position = Math.min(consumer.position(one), ends.get(one));
        if (position > at.get(one)) {
          next.put(one, position);
        }
      }
      if (!next.isEmpty()) {
        lastMove = System.nanoTime();
        receiver.take(within(polled, ends), next);
        at.putAll(next);
      } else if (System.nanoTime() - lastMove > PATIENCE.toNanos()) {
        throw new ReplayException("the brokers give no more records of " + ends.keySet());
      }
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> within(
      ConsumerRecords<byte[], byte[]> polled, Map<TopicPartition, Long> ends) {
    return polled.partitions().stream()
        .flatMap(
            one -> polled.records(one).stream().filter(record -> record.offset() < ends.get(one)))
        .toList();
  }

  static TopicPartition partition(PlannedRange range) {
    return new TopicPartition(range.topic(), range.partition());
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
  }
}
