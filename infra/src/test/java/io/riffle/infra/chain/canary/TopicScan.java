package io.riffle.infra.chain.canary;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Looks through every record of every topic, those that belong to Kafka itself too: keys, values
 * and headers apart.
 */
final class TopicScan implements AutoCloseable {

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Sightings keys = new Sightings();
  private final Sightings values = new Sightings();
  private final Sightings headers = new Sightings();

  TopicScan(String bootstrapServers) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "exclude.internal.topics", false),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  void lookAt(String topic) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      consumer.poll(Duration.ofMillis(200)).forEach(this::look);
    }
  }

  void look(ConsumerRecord<byte[], byte[]> record) {
    keys.look(record.topic(), record.key());
    values.look(record.topic(), record.value());
    for (Header header : record.headers()) {
      headers.look(record.topic(), header.key());
      headers.look(record.topic(), header.value());
    }
  }

  Sightings keys() {
    return keys;
  }

  Sightings values() {
    return values;
  }

  Sightings headers() {
    return headers;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
