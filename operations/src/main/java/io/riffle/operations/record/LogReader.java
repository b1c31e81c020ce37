package io.riffle.operations.record;

import io.riffle.operations.record.PartitionScan.Scanned;
import io.riffle.operations.site.StackException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads topics of the set beside its programs: committed records only, in no group, and nothing is
 * changed. All methods throw {@link StackException} when Kafka does not answer. For one thread.
 */
final class LogReader implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int FETCH_BYTES = 4 << 20;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Consumer<String> progress;
  private final long firstChunk;

  LogReader(Map<String, String> kafka, Consumer<String> progress) {
    this(kafka, PartitionScan.FIRST_CHUNK, progress);
  }

  /**
   * @param kafka how a client reaches the brokers
   * @param firstChunk how many offsets a scan begins with
   */
  LogReader(Map<String, String> kafka, long firstChunk, Consumer<String> progress) {
    this.progress = progress;
    this.firstChunk = firstChunk;
    Map<String, Object> config = new HashMap<>(kafka);
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, "riffle-cli");
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
    this.consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** What Kafka is asked. */
  private interface Question<T> {
    T ask();
  }

  /** How many partitions a topic has. */
  int partitions(String topic) {
    List<PartitionInfo> partitions = answer(() -> consumer.partitionsFor(topic));
    if (partitions == null || partitions.isEmpty()) {
      throw new StackException("there is no topic " + topic + ": was this set ever up?");
    }
    return partitions.size();
  }

  /** Behind the last committed record. */
  long end(TopicPartition partition) {
    return answer(() -> consumer.endOffsets(List.of(partition)).get(partition));
  }

  /** The key's records on a partition, from its end backwards; none before {@code floor}. */
  Scanned scan(TopicPartition partition, byte[] key, long floor, ScanBudget budget) {
    return answer(
        () ->
            new PartitionScan(consumer, partition, key, firstChunk, progress).scan(floor, budget));
  }

  /** The record at an offset, if it is still there. */
  Optional<ConsumerRecord<byte[], byte[]>> at(TopicPartition partition, long offset) {
    return answer(() -> read(partition, offset));
  }

  private Optional<ConsumerRecord<byte[], byte[]>> read(TopicPartition partition, long offset) {
    List<TopicPartition> one = List.of(partition);
    long oldest = consumer.beginningOffsets(one).get(partition);
    long end = consumer.endOffsets(one).get(partition);
    if (offset < oldest || offset >= end) {
      return Optional.empty();
    }
    consumer.assign(one);
    consumer.seek(partition, offset);
    Instant deadline = Instant.now().plus(PATIENCE);
    while (consumer.position(partition) <= offset) {
      for (ConsumerRecord<byte[], byte[]> record :
          consumer.poll(Duration.ofMillis(200)).records(partition)) {
        return record.offset() == offset ? Optional.of(record) : Optional.empty();
      }
      requireAlive(Instant.now().isBefore(deadline));
    }
    return Optional.empty();
  }

  static void requireAlive(boolean alive) {
    if (!alive) {
      throw new StackException(
          "Kafka does not send records any more: is it up? (riffle status, riffle up)");
    }
  }

  private static <T> T answer(Question<T> question) {
    try {
      return question.ask();
    } catch (KafkaException e) {
      throw new StackException(
          "Kafka does not answer: is the stack up? (riffle status, riffle up)", e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
