package io.riffle.sink;

import static org.awaitility.Awaitility.await;

import io.riffle.schemas.control.MergedBarrier;
import io.riffle.testing.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The sink's topics on a real broker, and what a merge would write to them. */
final class SinkTopics {
  static final int PARTITIONS = 2;
  private static final List<String> NAMES =
      List.of(SinkFixture.CARRIER_TOPIC, SinkFixture.PARKED_TOPIC, SinkFixture.REJECTS_TOPIC);

  private final TestKafka kafka;
  private final Encoder encoder;

  SinkTopics(TestKafka kafka, Encoder encoder) {
    this.kafka = kafka;
    this.encoder = encoder;
  }

  /** Empty topics, whatever was there under their names. */
  void createAnew() {
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(
            () -> {
              List<String> there =
                  kafka.admin().listTopics().names().get().stream()
                      .filter(NAMES::contains)
                      .toList();
              kafka.admin().deleteTopics(there).all().get();
              NAMES.forEach(topic -> kafka.createTopic(topic, PARTITIONS));
              return true;
            });
  }

  KafkaProducer<byte[], byte[]> producer(String id) {
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", kafka.bootstrapServers(),
                "transactional.id", kafka.uniqueName(id)),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
    return producer;
  }

  /** A claim of file 1 with two lines. */
  void send(KafkaProducer<byte[], byte[]> producer, int partition, long key) {
    send(
        producer,
        SinkFixture.CARRIER_TOPIC,
        partition,
        Long.toString(key),
        encoder.merged(
            SinkFixture.CARRIER,
            Encoder.origin(1, Math.abs(key)),
            7,
            Map.of("clm_id", key),
            List.of(Map.of("line_num", 1), Map.of("line_num", 2))));
  }

  /** The end of file 1, which has so many records on each partition. */
  void barriers(KafkaProducer<byte[], byte[]> producer, int records) {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      MergedBarrier barrier =
          new MergedBarrier(
              1,
              1,
              "CARRIER",
              partition,
              PARTITIONS,
              records,
              records,
              0,
              0,
              0,
              0,
              Optional.empty());
      for (String topic : NAMES) {
        send(producer, topic, partition, "barrier/1/1/" + partition, encoder.control(barrier));
      }
    }
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer,
      String topic,
      int partition,
      String key,
      Encoder.Value value) {
    // The commit of the transaction fails when a send did.
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(
                topic,
                partition,
                key.getBytes(StandardCharsets.UTF_8),
                value.bytes(),
                List.of(value.writer().header())));
  }
}
