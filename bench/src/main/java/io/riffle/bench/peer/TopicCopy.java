package io.riffle.bench.peer;

import io.riffle.operations.site.StackException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Copies the begin of a merged topic: a share of each partition's records, a key's first only, and
 * every barrier.
 */
final class TopicCopy {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final String BARRIER = "barrier/";

  private final String bootstrapServers;
  private final String from;
  private final String to;
  private final Map<Integer, Long> copied = new TreeMap<>();
  private final Map<Integer, Long> lastKeys = new TreeMap<>();
  private final Set<Long> keys = new HashSet<>();
  private long bytes;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  /**
   * What was copied.
   *
   * @param records without barriers
   * @param bytes of their keys and values
   * @param lastKeys of each partition that has records
   */
  record Copied(long records, long bytes, List<Long> lastKeys) {}

  TopicCopy(String bootstrapServers, String from, String to) {
    this.bootstrapServers = bootstrapServers;
    this.from = from;
    this.to = to;
  }

  Copied run(long records) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer();
        KafkaProducer<byte[], byte[]> producer = producer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(from).stream()
              .map(one -> new TopicPartition(from, one.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      copy(consumer, producer, ends, shares(ends, records));
      producer.flush();
    }
    return copied();
  }

  private void copy(
      KafkaConsumer<byte[], byte[]> consumer,
      KafkaProducer<byte[], byte[]> producer,
      Map<TopicPartition, Long> ends,
      Map<Integer, Long> shares) {
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      for (ConsumerRecord<byte[], byte[]> one : consumer.poll(POLL)) {
        if (isWanted(one, shares.get(one.partition()))) {
          Future<?> unused = producer.send(copyOf(one), this::confirm);
        }
      }
    }
  }

  private ProducerRecord<byte[], byte[]> copyOf(ConsumerRecord<byte[], byte[]> one) {
    return new ProducerRecord<>(
        to, one.partition(), one.timestamp(), one.key(), one.value(), one.headers());
  }

  private void confirm(RecordMetadata at, Exception failed) {
    if (failed != null) {
      failure.compareAndSet(null, failed);
    }
  }

  private boolean isWanted(ConsumerRecord<byte[], byte[]> one, long share) {
    String key = new String(one.key(), StandardCharsets.UTF_8);
    if (key.startsWith(BARRIER)) {
      return true;
    }
    long number = Long.parseLong(key);
    boolean wanted = copied.getOrDefault(one.partition(), 0L) < share && keys.add(number);
    if (wanted) {
      copied.merge(one.partition(), 1L, Long::sum);
      lastKeys.put(one.partition(), number);
      bytes += one.serializedKeySize() + one.serializedValueSize();
    }
    return wanted;
  }

  /** By the partitions' lengths. */
  private static Map<Integer, Long> shares(Map<TopicPartition, Long> ends, long records) {
    long all = Math.max(1, ends.values().stream().mapToLong(Long::longValue).sum());
    Map<Integer, Long> shares = new TreeMap<>();
    ends.forEach(
        (partition, end) ->
            shares.put(partition.partition(), (Math.multiplyExact(end, records) + all - 1) / all));
    return shares;
  }

  private Copied copied() {
    if (failure.get() != null) {
      throw new StackException(
          "cannot copy " + from + ": " + failure.get().getMessage(), failure.get());
    }
    long sum = copied.values().stream().mapToLong(Long::longValue).sum();
    if (sum == 0) {
      throw new StackException(from + " has no records");
    }
    return new Copied(sum, bytes, List.copyOf(lastKeys.values()));
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /** As the merge-processor compresses. */
  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "compression.type",
            "lz4",
            "batch.size",
            262144,
            "linger.ms",
            20),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
