package io.riffle.merge.record;

import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.wire.AvroBytes;
import io.riffle.schemas.wire.SchemaHandle;

/** Writes control records of one type to one topic. Safe for use by several threads. */
public final class ControlWriter<T extends Record> {
  private final ControlCodec<T> codec;
  private final SchemaHandle schema;

  private ControlWriter(ControlCodec<T> codec, SchemaHandle schema) {
    this.codec = codec;
    this.schema = schema;
  }

  /** Registers the record's schema for the topic. */
  public static <T extends Record> ControlWriter<T> register(
      SchemaRegistry registry, String topic, Class<T> type) {
    ControlCodec<T> codec = ControlCodec.of(type);
    String subject = topic + "-" + codec.schema().getFullName();
    return new ControlWriter<>(codec, SchemaHandle.register(registry, subject, codec.schema()));
  }

  public Encoded write(T record) {
    return new Encoded(schema, AvroBytes.encode(schema, codec.toAvro(record)));
  }
}
