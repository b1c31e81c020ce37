package io.riffle.sink.rebuild;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Makes consumers of a merged topic: without a group, of committed records only. */
final class MergedTopic {
  /** So long the brokers may give nothing. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Map<String, Object> settings;

  MergedTopic(Map<String, String> kafka) {
    settings = new HashMap<>(kafka);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
    settings.putIfAbsent(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 8 << 20);
    settings.putIfAbsent(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1 << 20);
    // what a fetch waits for at the end of each partition will not come
    settings.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 10);
  }

  /** Keys as numbers, null for what is none; of values the id of their schema. */
  RangeReader<Long, Integer> schemaIds() {
    return reader(new NumberKey(), new SchemaIdOfValue());
  }

  /** Values as parts of what the brokers sent. */
  RangeReader<Long, ByteBuffer> values() {
    return reader(new NumberKey(), new SharedValue());
  }

  /** Everything as the sink gets it. */
  KafkaConsumer<byte[], byte[]> bytes() {
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private <K, V> RangeReader<K, V> reader(Deserializer<K> keys, Deserializer<V> values) {
    return new RangeReader<>(new KafkaConsumer<>(settings, keys, values));
  }
}
