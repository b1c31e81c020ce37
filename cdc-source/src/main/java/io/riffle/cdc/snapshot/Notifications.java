package io.riffle.cdc.snapshot;

import io.riffle.cdc.config.KafkaConfig;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.wire.Decoding;
import io.riffle.schemas.wire.WireReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the notifications of a connector, from a position that the caller keeps. For one thread.
 */
final class Notifications implements AutoCloseable {
  private static final Duration SHORT = Duration.ofMillis(100);

  private final Consumer<byte[], byte[]> consumer;
  private final WireReader reader;

  Notifications(KafkaConfig kafka, SchemaRegistry registry, String topic, long from) {
    this.consumer = kafka.openConsumer();
    this.reader = new WireReader(registry, WireReader.WithoutFingerprint.ACCEPT);
    TopicPartition only = new TopicPartition(topic, 0);
    consumer.assign(List.of(only));
    consumer.seek(only, from);
  }

  /** Takes one that is there. */
  @FunctionalInterface
  interface Taker {
    void take(Optional<Notification> notification, long next) throws Exception;
  }

  /** Gives what has come. One that cannot be read is given as none: it is nobody's then. */
  void poll(Taker taker) throws Exception {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(SHORT)) {
      taker.take(decode(record), record.offset() + 1);
    }
  }

  private Optional<Notification> decode(ConsumerRecord<byte[], byte[]> record) {
    return reader.decode(record.value(), record.headers()) instanceof Decoding.Decoded decoded
        ? Optional.of(notification(decoded.record()))
        : Optional.empty();
  }

  private static Notification notification(GenericRecord avro) {
    Map<String, String> data = new TreeMap<>();
    if (avro.get("additional_data") instanceof Map<?, ?> map) {
      map.forEach((key, value) -> data.put(String.valueOf(key), String.valueOf(value)));
    }
    return new Notification(String.valueOf(avro.get("id")), String.valueOf(avro.get("type")), data);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
