package io.riffle.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KafkaExtension.class)
class KafkaExtensionTest {

  @Test
  void readsCommittedRecordsOnly(TestKafka kafka) {
    String topic = kafka.uniqueName("transactions");
    kafka.createTopic(topic, 2, Map.of("message.timestamp.type", "LogAppendTime"));
    try (KafkaProducer<byte[], byte[]> producer = producer(kafka)) {
      producer.initTransactions();
      producer.beginTransaction();
      send(producer, topic, "aborted");
      producer.flush();
      producer.abortTransaction();
      producer.beginTransaction();
      send(producer, topic, "committed");
      producer.commitTransaction();
    }
    assertThat(values(kafka.awaitRecords(topic, 1))).containsExactly("committed");
  }

  /** At the worst moment: the commit is decided, its marker is perhaps not in the partition. */
  @Test
  void keepsRecordsWhenTheBrokerIsKilled(TestKafka kafka) {
    String topic = kafka.uniqueName("killed");
    kafka.createTopic(topic, 1);
    KafkaProducer<byte[], byte[]> producer = producer(kafka);
    try {
      producer.initTransactions();
      producer.beginTransaction();
      send(producer, topic, "kept");
      producer.commitTransaction();
      kafka.kill();
    } finally {
      producer.close(Duration.ZERO);
    }
    kafka.restart();
    assertThat(values(kafka.awaitRecords(topic, 1))).containsExactly("kept");
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, String topic, String value) {
    var unused = producer.send(new ProducerRecord<>(topic, value.getBytes(UTF_8)));
  }

  private static KafkaProducer<byte[], byte[]> producer(TestKafka kafka) {
    Map<String, Object> config =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers(),
            ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
            ProducerConfig.TRANSACTIONAL_ID_CONFIG, kafka.uniqueName("test"));
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static List<String> values(List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream().map(record -> new String(record.value(), UTF_8)).toList();
  }
}
