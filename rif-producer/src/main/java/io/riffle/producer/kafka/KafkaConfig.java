package io.riffle.producer.kafka;

import io.riffle.config.ConfigException;
import io.riffle.config.Settings;
import io.riffle.schemas.topics.TopicPlan;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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
 * @param bootstrapServers comma-separated hosts and ports
 * @param transactionTimeout after which the broker aborts a transaction left open
 * @param common settings of every client, such as {@code security.protocol}; over our own
 * @param consumer settings of consumers only
 * @param producer settings of producers only
 */
public record KafkaConfig(
    String bootstrapServers,
    Duration transactionTimeout,
    Map<String, String> common,
    Map<String, String> consumer,
    Map<String, String> producer) {

  private static final String CONSUMER = "consumer.";
  private static final String PRODUCER = "producer.";
  private static final int REQUEST_SLACK_BYTES = 64 * 1024;

  /** A broker's work is by the request more than by the byte. */
  private static final int BATCH_BYTES = 1024 * 1024;

  private static final long BUFFER_BYTES = 64L * 1024 * 1024;

  /** Nobody sees a record before its transaction is committed, and that waits for nothing. */
  private static final int LINGER_MILLIS = 100;

  private static final int DELIVERY_TIMEOUT_MILLIS = 120_000;

  public KafkaConfig {
    common = Map.copyOf(common);
    consumer = Map.copyOf(consumer);
    producer = Map.copyOf(producer);
    if (transactionTimeout.toMillis() < 1_000) {
      throw new ConfigException(
          "producer.transaction-timeout", transactionTimeout, "must be at least one second");
    }
  }

  /** Reads {@code kafka.*} and {@code producer.transaction-timeout}. */
  public static KafkaConfig from(Settings settings) {
    Map<String, String> common = new TreeMap<>();
    Map<String, String> consumer = new TreeMap<>();
    Map<String, String> producer = new TreeMap<>();
    settings.under("kafka.").forEach((key, value) -> sort(key, value, common, consumer, producer));
    return new KafkaConfig(
        settings.string("kafka.bootstrap-servers"),
        settings.duration("producer.transaction-timeout", Duration.ofSeconds(60)),
        common,
        consumer,
        producer);
  }

  private static void sort(
      String key,
      String value,
      Map<String, String> common,
      Map<String, String> consumer,
      Map<String, String> producer) {
    if (key.startsWith(CONSUMER)) {
      consumer.put(key.substring(CONSUMER.length()), value);
    } else if (key.startsWith(PRODUCER)) {
      producer.put(key.substring(PRODUCER.length()), value);
    } else if (!key.replace('-', '.').equals(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)) {
      common.put(key, value);
    }
  }

  /** A client for questions about the cluster; the caller closes it. */
  public Admin openAdmin() {
    return Admin.create(withCommon(Map.of()));
  }

  /** A producer that has not begun; the caller initializes its transactions and closes it. */
  public Producer<byte[], byte[]> openProducer(String transactionalId) {
    Map<String, Object> config = withCommon(producer);
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    config.put(ProducerConfig.CLIENT_ID_CONFIG, transactionalId);
    config.put(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Math.toIntExact(transactionTimeout.toMillis()));
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicPlan.MAX_MESSAGE_BYTES + REQUEST_SLACK_BYTES);
    config.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    config.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    config.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
    config.putIfAbsent(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
    config.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MILLIS);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * A consumer of committed records that commits nothing by itself; the caller closes it.
   *
   * @param group none for a consumer that is told its partitions
   * @param instance name of a member that comes back under it, if it has one
   * @param maxPollRecords most records of one poll
   */
  public Consumer<byte[], byte[]> openConsumer(
      Optional<String> group, Optional<String> instance, int maxPollRecords) {
    Map<String, Object> config = withCommon(consumer);
    group.ifPresent(name -> config.put(ConsumerConfig.GROUP_ID_CONFIG, name));
    instance.ifPresent(name -> config.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, name));
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxPollRecords);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private Map<String, Object> withCommon(Map<String, String> more) {
    Map<String, Object> config = new HashMap<>(common);
    config.putAll(more);
    config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return config;
  }
}
