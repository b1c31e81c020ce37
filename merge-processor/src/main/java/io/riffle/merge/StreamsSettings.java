package io.riffle.merge;

import static org.apache.kafka.streams.StreamsConfig.mainConsumerPrefix;
import static org.apache.kafka.streams.StreamsConfig.producerPrefix;
import static org.apache.kafka.streams.StreamsConfig.restoreConsumerPrefix;

import io.riffle.schemas.topics.TopicPlan;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The Kafka Streams configuration that follows from {@link MergeConfig}. */
public final class StreamsSettings {
  private static final int BATCH_BYTES = 256 * 1024;
  private static final long BUFFER_BYTES = 64L * 1024 * 1024;
  private static final int REQUEST_BYTES = TopicPlan.MAX_MESSAGE_BYTES + 64 * 1024;
  private static final int LINGER_MILLIS = 100; // a commit does not wait for it
  private static final int POLL_RECORDS = 2_000;
  private static final long TOTALS_CACHE_BYTES = 4L * 1024 * 1024;

  private StreamsSettings() {}

  /** The whole configuration. */
  public static StreamsConfig of(MergeConfig config) {
    return new StreamsConfig(properties(config));
  }

  /** The same as plain properties. */
  public static Map<String, Object> properties(MergeConfig config) {
    Map<String, Object> properties = new HashMap<>(config.kafka());
    addApplication(config, properties);
    addStores(config, properties);
    addConsumers(config.running(), properties);
    addProducer(config.running(), properties);
    return properties;
  }

  private static void addApplication(MergeConfig config, Map<String, Object> properties) {
    MergeConfig.Running running = config.running();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, config.topics().mergeApplicationId());
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, running.commitInterval().toMillis());
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, running.threads());
    properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, running.standbys());
    properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, running.replication());
    // Records merge in any order, so no partition waits for the others of its task.
    properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    // Streams' own protocol has no static membership in this version.
    properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
  }

  private static void addStores(MergeConfig config, Map<String, Object> properties) {
    properties.put(StreamsConfig.STATE_DIR_CONFIG, config.running().stateDir().toString());
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, TOTALS_CACHE_BYTES);
    properties.put(
        StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedStoreMemory.class.getName());
    properties.put(SharedStoreMemory.BLOCK_CACHE, config.memory().blockCache());
    properties.put(SharedStoreMemory.WRITE_BUFFERS, config.memory().writeBuffers());
  }

  private static void addConsumers(MergeConfig.Running running, Map<String, Object> properties) {
    properties.put(mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), POLL_RECORDS);
    properties.put(
        mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
        Math.toIntExact(running.sessionTimeout().toMillis()));
    properties.put(
        mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
        Math.toIntExact(running.sessionTimeout().toMillis() / 4));
    running
        .instanceId()
        .ifPresent(
            id -> properties.put(mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), id));
    properties.put(
        mainConsumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), REQUEST_BYTES);
    properties.put(
        restoreConsumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), REQUEST_BYTES);
  }

  private static void addProducer(MergeConfig.Running running, Map<String, Object> properties) {
    properties.put(producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    properties.put(producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
    properties.put(producerPrefix(ProducerConfig.LINGER_MS_CONFIG), LINGER_MILLIS);
    properties.put(producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG), BUFFER_BYTES);
    properties.put(producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), REQUEST_BYTES);
    properties.put(
        producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
        Math.toIntExact(running.transactionTimeout().toMillis()));
  }
}
