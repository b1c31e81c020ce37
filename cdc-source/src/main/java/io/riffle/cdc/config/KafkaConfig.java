package io.riffle.cdc.config;

import io.riffle.config.Settings;
import io.riffle.schemas.topics.TopicPlan;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How to reach Kafka.
 *
 * @param common settings of every client, such as {@code security.protocol}
 */
public record KafkaConfig(String bootstrapServers, Map<String, String> common) {
  private static final int REQUEST_SLACK_BYTES = 64 * 1024;
  private static final int TRANSACTION_MILLIS = 60_000;

  /** How soon a group that wants all topics of a pattern sees a new one. */
  private static final int NEW_TOPICS_MILLIS = 30_000;

  public KafkaConfig {
    common = Map.copyOf(common);
  }

  static KafkaConfig from(Settings settings) {
    Map<String, String> common = new TreeMap<>(settings.under("kafka."));
    common
        .keySet()
        .removeIf(
            key -> key.replace('-', '.').equals(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
    return new KafkaConfig(settings.string("kafka.bootstrap-servers"), common);
  }

  /** The caller closes it. */
  public Admin openAdmin() {
    return Admin.create(new HashMap<>(base()));
  }

  /** The caller initializes its transactions and closes it; it fences others of that id. */
  public Producer<byte[], byte[]> openProducer(String transactionalId) {
    Map<String, Object> config = base();
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    config.put(ProducerConfig.CLIENT_ID_CONFIG, transactionalId);
    config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    config.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    config.put(
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicPlan.MAX_MESSAGE_BYTES + REQUEST_SLACK_BYTES);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Of committed records, without a group; the caller closes it. */
  public Consumer<byte[], byte[]> openConsumer() {
    Map<String, Object> config = base();
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** The same, as a member of a group that commits nothing by itself. */
  public Consumer<byte[], byte[]> openConsumer(String group) {
    Map<String, Object> config = base();
    config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, group);
    config.putIfAbsent(ConsumerConfig.METADATA_MAX_AGE_CONFIG, NEW_TOPICS_MILLIS);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private Map<String, Object> base() {
    Map<String, Object> config = new HashMap<>(common);
    config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return config;
  }
}
