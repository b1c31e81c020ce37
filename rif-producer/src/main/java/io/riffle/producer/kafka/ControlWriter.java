package io.riffle.producer.kafka;

import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.wire.AvroBytes;
import io.riffle.schemas.wire.SchemaHandle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Control records as Kafka records; in the registered schema of their topic. Safe for use by
 * several threads.
 */
public final class ControlWriter {

  private final Registrations registrations;

  public ControlWriter(SchemaRegistry registry) {
    this.registrations = new Registrations(registry);
  }

  /** A record whose partition follows from its key. */
  public ProducerRecord<byte[], byte[]> write(String topic, String key, Record value) {
    return write(topic, null, key.getBytes(StandardCharsets.UTF_8), value);
  }

  /** A record to a partition. */
  public ProducerRecord<byte[], byte[]> write(
      String topic, Integer partition, byte[] key, Record value) {
    GenericRecord avro = toAvro(value);
    SchemaHandle handle = registrations.handle(topic, avro.getSchema(), Optional.empty());
    byte[] bytes = AvroBytes.encode(handle, avro);
    return new ProducerRecord<>(topic, partition, key, bytes, List.of(handle.header()));
  }

  @SuppressWarnings("unchecked") // the codec of the value's own class
  private static <R extends Record> GenericRecord toAvro(R value) {
    return ControlCodec.of((Class<R>) value.getClass()).toAvro(value);
  }
}
