package io.riffle.sink.rebuild;

import io.riffle.schemas.wire.WireFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/** A value as the part of the array in which it came, without a copy. */
final class SharedValue implements Deserializer<ByteBuffer> {

  @Override
  public ByteBuffer deserialize(String topic, byte[] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }

  @Override
  public ByteBuffer deserialize(String topic, Headers headers, ByteBuffer bytes) {
    if (bytes == null || bytes.hasArray()) {
      return bytes;
    }
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return ByteBuffer.wrap(copy);
  }

  /** Null without the wire format's prefix. */
  static Integer schemaId(ByteBuffer value) {
    boolean framed =
        value.remaining() >= WireFormat.PREFIX_LENGTH && value.get(value.position()) == 0;
    return framed
        ? Integer.valueOf(
            value.duplicate().order(ByteOrder.BIG_ENDIAN).getInt(value.position() + 1))
        : null;
  }
}
