package io.riffle.chaos.fault;

import io.riffle.chaos.stack.ChaosStack;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A foreign producer leaves a transaction open on a topic, in all its partitions: readers of
 * committed records get nothing that comes behind, until it is aborted.
 */
final class OpenTransaction implements Fault {

  private static final int PATIENCE_MILLIS = 10_000;

  /** Kafka ends the transaction by itself then, should this process not live to do it. */
  private static final int TRANSACTION_MILLIS = 60_000;

  private final String name;
  private final String topic;
  private final ChaosStack stack;
  private Producer<byte[], byte[]> producer;

  OpenTransaction(String name, String topic, ChaosStack stack) {
    this.name = name;
    this.topic = topic;
    this.stack = stack;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void inject() throws InterruptedException {
    producer = open();
    try {
      producer.initTransactions();
      producer.beginTransaction();
      for (PartitionInfo partition : producer.partitionsFor(topic)) {
        producer
            .send(new ProducerRecord<>(topic, partition.partition(), new byte[1], new byte[1]))
            .get();
      }
    } catch (KafkaException | ExecutionException e) {
      close(); // another fault has hit the broker
    }
  }

  /** Without an abort the producer's end leaves the transaction to Kafka's time-out. */
  @Override
  public void heal() {
    if (producer == null) {
      return;
    }
    try {
      producer.abortTransaction();
    } catch (KafkaException e) {
      // Kafka has aborted it, or will
    } finally {
      close();
    }
  }

  private void close() {
    producer.close(Duration.ZERO);
    producer = null;
  }

  private Producer<byte[], byte[]> open() {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            stack.endpoints().bootstrapServers(),
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            "foreign-" + topic,
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
            TRANSACTION_MILLIS,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            PATIENCE_MILLIS,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            PATIENCE_MILLIS / 2,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            PATIENCE_MILLIS),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
