package io.riffle.sink.rebuild;

import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/** The id of a value's schema; null for what has none. The value itself is not copied. */
final class SchemaIdOfValue implements Deserializer<Integer> {

  @Override
  public Integer deserialize(String topic, byte[] bytes) {
    return bytes == null ? null : SharedValue.schemaId(ByteBuffer.wrap(bytes));
  }

  @Override
  public Integer deserialize(String topic, Headers headers, ByteBuffer bytes) {
    return bytes == null ? null : SharedValue.schemaId(bytes);
  }
}
