package io.riffle.cdc.obfuscate;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.header.Header;

/**
 * What Debezium sends in place of a value that an update left alone and that it has not been given
 * (TOAST). It has to arrive as it was sent.
 */
final class Placeholder {
  static final String HEADER = "riffle.placeholder";
  static final String USUAL = "__debezium_unavailable_value";

  private final String text;
  private final byte[] bytes;
  private final String hex;
  private final List<Object> texts;
  private final List<Long> numbers;

  Placeholder(String text) {
    this.text = text;
    this.bytes = text.getBytes(StandardCharsets.UTF_8);
    this.hex = HexFormat.of().formatHex(bytes);
    this.texts = List.of(text);
    this.numbers = IntStream.range(0, bytes.length).mapToObj(i -> Long.valueOf(bytes[i])).toList();
  }

  /** The one that the record's header tells, else this one. */
  Placeholder of(ConnectRecord<?> record) {
    Header header = record.headers().lastWithName(HEADER);
    if (header == null || header.value() == null || header.value().equals(text)) {
      return this;
    }
    return new Placeholder(header.value().toString());
  }

  /** Whether this is it, in the form that the value's type gives it. */
  boolean is(Object value) {
    if (value instanceof String string) {
      return string.equals(text) || string.equals(hex);
    }
    if (value instanceof byte[] array) {
      return ByteBuffer.wrap(bytes).equals(ByteBuffer.wrap(array));
    }
    if (value instanceof ByteBuffer buffer) {
      return ByteBuffer.wrap(bytes).equals(buffer.duplicate());
    }
    return value instanceof List<?> list && (list.equals(texts) || isOfBytes(list));
  }

  /** Arrays of numbers hold its bytes. */
  private boolean isOfBytes(List<?> list) {
    return list.size() == numbers.size()
        && list.stream().allMatch(Number.class::isInstance)
        && list.stream().map(item -> ((Number) item).longValue()).toList().equals(numbers);
  }
}
