package io.riffle.producer.kafka;

import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.wire.AvroBytes;
import io.riffle.schemas.wire.SchemaHandle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Control records as Kafka records; registers each schema once per topic. Safe for use by several
 * threads.
 */
public final class ControlWriter {

  private record Use(String topic, Class<?> type) {}

  private final SchemaRegistry registry;
  private final Map<Use, SchemaHandle> handles = new ConcurrentHashMap<>();

  public ControlWriter(SchemaRegistry registry) {
    this.registry = registry;
  }

  /** A record whose partition follows from its key. */
  public ProducerRecord<byte[], byte[]> write(String topic, String key, Record value) {
    return write(topic, null, key.getBytes(StandardCharsets.UTF_8), value);
  }

  /** A record to a partition. */
  public ProducerRecord<byte[], byte[]> write(
      String topic, Integer partition, byte[] key, Record value) {
    SchemaHandle handle = handle(topic, value.getClass());
    byte[] bytes = AvroBytes.encode(handle, toAvro(value));
    return new ProducerRecord<>(topic, partition, key, bytes, List.of(handle.header()));
  }

  private SchemaHandle handle(String topic, Class<? extends Record> type) {
    Use use = new Use(topic, type);
    SchemaHandle known = handles.get(use);
    if (known == null) {
      var schema = ControlCodec.of(type).schema();
      known = SchemaHandle.register(registry, topic + "-" + schema.getFullName(), schema);
      handles.put(use, known);
    }
    return known;
  }

  @SuppressWarnings("unchecked") // the codec of the value's own class
  private static <R extends Record> GenericRecord toAvro(R value) {
    return ControlCodec.of((Class<R>) value.getClass()).toAvro(value);
  }
}
