package io.riffle.cdc.archive;

import io.riffle.cdc.obfuscate.Placeholder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** The values that stand for one that was not sent (unchanged TOAST), of each type. */
final class Absent {
  private final String text;
  private final byte[] bytes;
  private final Placeholder placeholder;

  /**
   * For one deployment.
   *
   * @param text its placeholder
   */
  Absent(String text) {
    this.text = text;
    this.bytes = text.getBytes(StandardCharsets.UTF_8);
    this.placeholder = new Placeholder(text);
  }

  boolean is(Object value) {
    return placeholder.is(value);
  }

  /**
   * A value of a column of this schema that is one. Not always the one that Debezium sends: the
   * plain text is one for every column of texts.
   *
   * @throws IllegalArgumentException if Debezium sends none for columns of the type
   */
  Object of(Schema schema) {
    Schema plain = AvroFields.plain(schema);
    return switch (plain.getType()) {
      case STRING -> text;
      case BYTES -> ByteBuffer.wrap(bytes);
      case ARRAY -> array(AvroFields.plain(plain.getElementType()).getType());
      default -> throw new IllegalArgumentException("no placeholder of type " + plain.getType());
    };
  }

  private List<Object> array(Schema.Type type) {
    return switch (type) {
      case INT -> numbers(true);
      case LONG -> numbers(false);
      case BYTES -> List.of(ByteBuffer.wrap(bytes));
      default -> List.of(text);
    };
  }

  private List<Object> numbers(boolean ints) {
    List<Object> items = new ArrayList<>();
    for (byte item : bytes) {
      items.add(ints ? (Object) (int) item : (Object) (long) item);
    }
    return items;
  }
}
