package io.riffle.cdc.obfuscate;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.header.Header;

/**
 * What Debezium sends in place of a value that an update left alone and that it has not been given
 * (TOAST). It has to arrive as it was sent. db-sink knows the same forms.
 */
public final class Placeholder {
  static final String HEADER = "riffle.placeholder";
  static final String USUAL = "__debezium_unavailable_value";

  /** Where every value is sent: nothing is it. */
  static final Placeholder NONE = new Placeholder("");

  private final String text;
  private final Set<String> texts;
  private final int longest;
  private final String uuid;
  private final ByteBuffer bytes;
  private final List<Long> numbers;

  /**
   * The one of a deployment.
   *
   * @param text its setting {@code unavailable.value.placeholder}; empty: nothing is it
   */
  public Placeholder(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    String json = "\"" + text + "\"";
    String pair = "{" + json + ":" + json + "}";
    this.text = text;
    this.texts =
        text.isEmpty()
            ? Set.of()
            : Set.of(text, json, pair, HexFormat.of().formatHex(encoded)); // hex: bytea, if so set
    this.longest = texts.stream().mapToInt(String::length).max().orElse(-1);
    this.uuid = UUID.nameUUIDFromBytes(encoded).toString();
    this.bytes = ByteBuffer.wrap(encoded);
    this.numbers = IntStream.range(0, encoded.length).mapToObj(i -> (long) encoded[i]).toList();
  }

  /** The one that the record's header tells, else this one. */
  Placeholder of(ConnectRecord<?> record) {
    Header header = record.headers().lastWithName(HEADER);
    if (header == null || header.value() == null || header.value().equals(text)) {
      return this;
    }
    return new Placeholder(header.value().toString());
  }

  /** Whether this is it, in the form that the value's type gives it in Connect, or in Avro. */
  public boolean is(Object value) {
    if (text.isEmpty()) {
      return false;
    }
    return value instanceof List<?> list ? isOnly(list) || isItsBytes(list) : isOne(value);
  }

  private boolean isOne(Object value) {
    if (value instanceof CharSequence string) {
      return string.length() <= longest && texts.contains(string.toString());
    }
    if (value instanceof byte[] array) {
      return bytes.equals(ByteBuffer.wrap(array));
    }
    return value instanceof ByteBuffer buffer && bytes.equals(buffer);
  }

  private boolean isOnly(List<?> list) {
    if (list.size() != 1) {
      return false;
    }
    Object only = list.get(0);
    return isOne(only) || (only instanceof CharSequence && uuid.equals(only.toString()));
  }

  /** Arrays of numbers hold its bytes. */
  private boolean isItsBytes(List<?> list) {
    return list.size() == numbers.size()
        && list.stream().allMatch(Number.class::isInstance)
        && list.stream().map(item -> ((Number) item).longValue()).toList().equals(numbers);
  }
}
