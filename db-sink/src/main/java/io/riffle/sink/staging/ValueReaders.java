package io.riffle.sink.staging;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** Finds the reader for the values of a column. */
final class ValueReaders {
  private static final Set<String> NUMERIC = Set.of("NUMERIC", "_NUMERIC", "MONEY", "_MONEY");
  private static final Set<String> BYTES = Set.of("BYTEA", "_BYTEA");
  private static final String BITS = "io.debezium.data.Bits";

  private ValueReaders() {}

  /** A single value, never an absent one. */
  private interface Scalar {
    String text(Object avro);
  }

  /** A nullable schema without its null. */
  static Schema inner(Schema schema) {
    return schema.isUnion()
        ? schema.getTypes().stream()
            .filter(type -> type.getType() != Schema.Type.NULL)
            .findFirst()
            .orElse(schema)
        : schema;
  }

  /**
   * The reader of a column's values.
   *
   * @param schema without null
   */
  static ValueReader of(String column, Schema schema) {
    String type = SourceTypes.name(schema).orElse("");
    if (schema.getType() == Schema.Type.ARRAY) {
      return array(column, scalar(type, inner(schema.getElementType())));
    }
    Scalar scalar = scalar(type, schema);
    return (avro, placeholder) -> {
      boolean absent =
          avro instanceof ByteBuffer bytes
              ? placeholder.isIt(bytes)
              : avro instanceof CharSequence && placeholder.isIt(avro.toString());
      return absent ? Absent.ABSENT : read(column, scalar, avro);
    };
  }

  private static String read(String column, Scalar scalar, Object avro) {
    try {
      return scalar.text(avro);
    } catch (DateTimeException | ArithmeticException e) {
      throw new UnreadableValueException(column);
    }
  }

  private static ValueReader array(String column, Scalar element) {
    return (avro, placeholder) -> {
      List<String> elements = new ArrayList<>();
      for (Object value : (Collection<?>) avro) {
        elements.add(value == null ? null : read(column, element, value));
      }
      return placeholder.isIt(elements) ? Absent.ABSENT : literal(elements);
    };
  }

  private static String literal(List<String> elements) {
    return elements.stream().map(ValueReaders::quoted).collect(Collectors.joining(",", "{", "}"));
  }

  private static String quoted(String element) {
    return element == null
        ? "NULL"
        : "\"" + element.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static Scalar scalar(String type, Schema schema) {
    String name = String.valueOf(schema.getProp("connect.name"));
    return switch (name) {
      case "io.debezium.time.Date" -> avro -> SourceTimes.date(number(avro));
      case "io.debezium.time.Time" -> avro -> SourceTimes.time(micros(avro, 1000));
      case "io.debezium.time.MicroTime" -> avro -> SourceTimes.time(number(avro));
      case "io.debezium.time.NanoTime" -> avro -> SourceTimes.time(number(avro) / 1000);
      case "io.debezium.time.Timestamp" -> avro -> SourceTimes.timestamp(micros(avro, 1000));
      case "io.debezium.time.MicroTimestamp" -> avro -> SourceTimes.timestamp(number(avro));
      case "io.debezium.time.NanoTimestamp" ->
          avro -> SourceTimes.timestamp(Math.floorDiv(number(avro), 1000));
      case "io.debezium.time.MicroDuration" -> avro -> number(avro) + " microseconds";
      case "io.debezium.time.ZonedTimestamp" -> avro -> SourceTimes.zoned(avro.toString());
      case "io.debezium.data.geometry.Point" -> ValueReaders::point;
      case BITS -> bits(type, schema);
      default -> byType(type, schema);
    };
  }

  private static Scalar byType(String type, Schema schema) {
    return switch (schema.getType()) {
      case BYTES, FIXED -> BYTES.contains(type) ? ValueReaders::hex : ValueReaders::utf8;
      case STRING, ENUM -> NUMERIC.contains(type) ? ValueReaders::numeric : Object::toString;
      case BOOLEAN -> type.equals("BIT") ? avro -> (Boolean) avro ? "1" : "0" : Object::toString;
      default -> Object::toString;
    };
  }

  private static long number(Object avro) {
    return ((Number) avro).longValue();
  }

  private static long micros(Object avro, long of) {
    return Math.multiplyExact(number(avro), of);
  }

  /** Debezium's words for what is no number; others must be one. */
  private static String numeric(Object avro) {
    String text = avro.toString();
    return switch (text) {
      case "NAN" -> "NaN";
      case "POSITIVE_INFINITY" -> "Infinity";
      case "NEGATIVE_INFINITY" -> "-Infinity";
      default -> text;
    };
  }

  private static byte[] bytes(Object avro) {
    ByteBuffer buffer = ((ByteBuffer) avro).duplicate();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static String hex(Object avro) {
    return "\\x" + HexFormat.of().formatHex(bytes(avro));
  }

  /** Types that Debezium does not know come as the bytes of their text. */
  private static String utf8(Object avro) {
    return new String(bytes(avro), StandardCharsets.UTF_8);
  }

  private static String point(Object avro) {
    GenericRecord point = (GenericRecord) avro;
    return "(" + point.get("x") + "," + point.get("y") + ")";
  }

  /** Bits come as a number, lowest byte first: how many zeros a varbit begins with is lost. */
  private static Scalar bits(String type, Schema schema) {
    int length = SourceTypes.parameter(schema, "length").map(Integer::parseInt).orElse(0);
    if (!type.equals("BIT")) {
      return avro -> {
        throw new ArithmeticException("the length is not told");
      };
    }
    return avro -> {
      byte[] bytes = bytes(avro);
      StringBuilder bits = new StringBuilder(length);
      for (int bit = length - 1; bit >= 0; bit--) {
        boolean set = bit / 8 < bytes.length && (bytes[bit / 8] >> (bit % 8) & 1) == 1;
        bits.append(set ? '1' : '0');
      }
      return bits.toString();
    };
  }
}
