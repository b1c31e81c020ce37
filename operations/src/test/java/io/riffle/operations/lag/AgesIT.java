package io.riffle.operations.lag;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.testing.KafkaExtension;
import io.riffle.testing.TestKafka;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many groups at many places of one partition, of which few can be looked at in time. */
@ExtendWith(KafkaExtension.class)
class AgesIT {
  private static final int RECORDS = 50;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final TestKafka kafka;
  private final TopicPartition partition;
  private final Instant now = Instant.now();

  AgesIT(TestKafka kafka) {
    this.kafka = kafka;
    this.partition = new TopicPartition(kafka.uniqueName("ages"), 0);
  }

  /** Each of the records is a minute older than the one behind it; the last came just now. */
  private void write() throws Exception {
    kafka.createTopic(partition.topic(), 1);
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < RECORDS; i++) {
        long at = now.minus(MINUTE.multipliedBy(RECORDS - i)).toEpochMilli();
        producer.send(new ProducerRecord<>(partition.topic(), 0, at, null, new byte[1])).get();
      }
    }
  }

  @Test
  void whatCannotBeLookedAtInTimeIsEstimatedAndLookedAtLater() throws Exception {
    write();
    AtomicLong clock = new AtomicLong();
    // each look is over its time at once
    try (Consumer<byte[], byte[]> consumer = consumer()) {
      Ages ages =
          new Ages(
              new RecordProbe(consumer, Duration.ofSeconds(10)),
              Duration.ZERO,
              clock::incrementAndGet);

      for (int look = 0; look < 3; look++) {
        Map<Place, Duration> seen =
            ages.of(
                IntStream.range(0, RECORDS).mapToObj(at -> new Place(partition, at)).toList(),
                Map.of(partition, (long) RECORDS),
                now);

        assertThat(seen).hasSize(RECORDS);
        seen.forEach(
            (place, age) ->
                assertThat(age)
                    .as("at " + place.offset())
                    .isCloseTo(
                        MINUTE.multipliedBy(RECORDS - place.offset()), Duration.ofMillis(2)));
      }
    }
  }

  private Consumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "enable.auto.commit", "false"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
