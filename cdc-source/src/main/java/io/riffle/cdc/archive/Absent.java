package io.riffle.cdc.archive;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** The values that stand for one that was not sent (unchanged TOAST), of each type. */
final class Absent {
  private final String placeholder;
  private final byte[] bytes;

  /**
   * For one deployment.
   *
   * @param placeholder its text
   */
  Absent(String placeholder) {
    this.placeholder = placeholder;
    this.bytes = placeholder.getBytes(StandardCharsets.UTF_8);
  }

  String placeholder() {
    return placeholder;
  }

  boolean is(Object value) {
    if (value instanceof CharSequence text) {
      return text.length() == placeholder.length() && text.toString().equals(placeholder);
    }
    if (value instanceof ByteBuffer buffer) {
      return ByteBuffer.wrap(bytes).equals(buffer.duplicate());
    }
    return value instanceof List<?> list && isList(list);
  }

  private boolean isList(List<?> list) {
    if (list.size() == 1 && list.get(0) instanceof CharSequence) {
      return is(list.get(0));
    }
    boolean numbers =
        list.size() == bytes.length && list.stream().allMatch(Number.class::isInstance);
    for (int i = 0; numbers && i < bytes.length; i++) {
      numbers = ((Number) list.get(i)).longValue() == bytes[i];
    }
    return numbers;
  }

  /**
   * The value of a column of this schema.
   *
   * @throws IllegalArgumentException if Debezium sends none for columns of the type
   */
  Object of(Schema schema) {
    Schema plain = AvroFields.plain(schema);
    return switch (plain.getType()) {
      case STRING -> placeholder;
      case BYTES -> ByteBuffer.wrap(bytes);
      case ARRAY -> array(AvroFields.plain(plain.getElementType()).getType());
      default -> throw new IllegalArgumentException("no placeholder of type " + plain.getType());
    };
  }

  private List<Object> array(Schema.Type type) {
    List<Object> items = new ArrayList<>();
    if (type == Schema.Type.INT || type == Schema.Type.LONG) {
      for (byte item : bytes) {
        items.add(type == Schema.Type.INT ? (Object) (int) item : (Object) (long) item);
      }
    } else {
      items.add(placeholder);
    }
    return items;
  }
}
