package io.riffle.sink.replay;

import io.riffle.sink.offsets.LogUnavailableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Committed records of one partition after the other, without a group. One thread. */
final class RangeReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration SILENCE = Duration.ofSeconds(60);
  private static final int MOST_RECORDS = 5_000;
  private static final int FETCH_BYTES = 16 * 1024 * 1024;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private TopicPartition partition;
  private long lastMoved;

  RangeReader(Map<String, String> kafka, String clientId) {
    this.consumer =
        new KafkaConsumer<>(
            settings(kafka, clientId), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static Map<String, Object> settings(Map<String, String> kafka, String clientId) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS);
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    return settings;
  }

  /** Reads on from there. */
  void place(TopicPartition wanted, long offset) {
    if (!wanted.equals(partition)) {
      consumer.assign(List.of(wanted));
      partition = wanted;
    }
    consumer.seek(partition, offset);
    lastMoved = System.nanoTime();
  }

  /** Where it is: everything before it was given, or is not there any more. */
  long position() {
    return consumer.position(partition);
  }

  /**
   * Some records; none when nothing came for a moment.
   *
   * @throws StoppedException when the log was cut off meanwhile
   * @throws LogUnavailableException when the brokers gave nothing for long
   */
  List<ConsumerRecord<byte[], byte[]>> poll() {
    long before = position();
    try {
      List<ConsumerRecord<byte[], byte[]>> records = consumer.poll(POLL).records(partition);
      requireMoving(before);
      return records;
    } catch (OffsetOutOfRangeException e) {
      throw StoppedException.because(
          "records of " + partition + " from offset " + before + " were removed meanwhile");
    }
  }

  private void requireMoving(long before) {
    if (position() != before) {
      lastMoved = System.nanoTime();
    } else if (System.nanoTime() - lastMoved > SILENCE.toNanos()) {
      throw new LogUnavailableException(partition + " gives nothing at offset " + before, null);
    }
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(5)));
  }
}
