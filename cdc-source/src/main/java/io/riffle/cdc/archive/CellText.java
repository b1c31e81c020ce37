package io.riffle.cdc.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/**
 * A column's values as text, and back: dates and times as ISO 8601, bytes as Postgres writes them
 * ({@code \x00ff}), arrays and nested values as JSON, everything else as it is. A date or time that
 * ISO 8601 has no four-digit year for (infinity, B.C.) is the number that was sent.
 */
final class CellText {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NUMBER = Pattern.compile("-?\\d+");
  private static final long MICROS_OF_DAY = 86_400_000_000L;
  private static final long LEAST = LocalDate.of(1, 1, 1).toEpochDay();
  private static final long MOST = LocalDate.of(9999, 12, 31).toEpochDay();

  private CellText() {}

  /** The text of a value that is not null. */
  static String of(Schema schema, Object value) {
    Schema plain = AvroFields.plain(schema);
    return switch (AvroFields.meaning(plain)) {
      case "io.debezium.time.Date" -> date(((Number) value).longValue());
      case "io.debezium.time.Timestamp" -> timestamp(((Number) value).longValue(), 1_000);
      case "io.debezium.time.MicroTimestamp" -> timestamp(((Number) value).longValue(), 1);
      case "io.debezium.time.Time" -> time(((Number) value).longValue(), 1_000);
      case "io.debezium.time.MicroTime" -> time(((Number) value).longValue(), 1);
      default -> plain(plain, value);
    };
  }

  /**
   * The value of a text.
   *
   * @throws IllegalArgumentException if it is none; says nothing of the text
   */
  static Object parse(Schema schema, String text) {
    Schema plain = AvroFields.plain(schema);
    try {
      return switch (AvroFields.meaning(plain)) {
        case "io.debezium.time.Date" -> Math.toIntExact(dateOf(text));
        case "io.debezium.time.Timestamp" -> timestampOf(text, 1_000);
        case "io.debezium.time.MicroTimestamp" -> timestampOf(text, 1);
        case "io.debezium.time.Time" -> Math.toIntExact(timeOf(text, 1_000));
        case "io.debezium.time.MicroTime" -> timeOf(text, 1);
        default -> plainOf(plain, text);
      };
    } catch (JsonProcessingException | RuntimeException e) {
      throw new IllegalArgumentException(
          "is no " + plain.getType() + " " + AvroFields.meaning(plain));
    }
  }

  private static String plain(Schema schema, Object value) {
    return switch (schema.getType()) {
      case BYTES -> bytes((ByteBuffer) value);
      case ARRAY, MAP, RECORD -> AvroJson.of(schema, value).toString();
      default -> value.toString();
    };
  }

  private static Object plainOf(Schema schema, String text) throws JsonProcessingException {
    return switch (schema.getType()) {
      case BYTES -> ByteBuffer.wrap(HexFormat.of().parseHex(text.substring(2)));
      case ARRAY, MAP, RECORD -> AvroJson.parse(schema, JSON.readTree(text));
      case INT -> Integer.valueOf(text);
      case LONG -> Long.valueOf(text);
      case FLOAT -> Float.valueOf(text);
      case DOUBLE -> Double.valueOf(text);
      case BOOLEAN -> Boolean.valueOf(text);
      default -> text;
    };
  }

  static String bytes(ByteBuffer value) {
    byte[] bytes = new byte[value.remaining()];
    value.duplicate().get(bytes);
    return "\\x" + HexFormat.of().formatHex(bytes);
  }

  private static String date(long day) {
    return day >= LEAST && day <= MOST ? LocalDate.ofEpochDay(day).toString() : Long.toString(day);
  }

  private static long dateOf(String text) {
    return NUMBER.matcher(text).matches()
        ? Long.parseLong(text)
        : LocalDate.parse(text).toEpochDay();
  }

  private static String timestamp(long value, int micros) {
    long unitsOfDay = MICROS_OF_DAY / micros;
    long day = Math.floorDiv(value, unitsOfDay);
    if (day < LEAST || day > MOST) {
      return Long.toString(value);
    }
    long nanos = Math.floorMod(value, unitsOfDay) * micros * 1_000;
    return LocalDate.ofEpochDay(day).atTime(LocalTime.ofNanoOfDay(nanos)).toString();
  }

  private static long timestampOf(String text, int micros) {
    return NUMBER.matcher(text).matches()
        ? Long.parseLong(text)
        : ChronoUnit.MICROS.between(
                LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), LocalDateTime.parse(text))
            / micros;
  }

  /** 24:00 is a time of Postgres, and none of Java. */
  private static String time(long value, int micros) {
    long all = value * micros;
    if (all < 0 || all > MICROS_OF_DAY) {
      return Long.toString(value);
    }
    return all == MICROS_OF_DAY ? "24:00" : LocalTime.ofNanoOfDay(all * 1_000).toString();
  }

  private static long timeOf(String text, int micros) {
    if (NUMBER.matcher(text).matches()) {
      return Long.parseLong(text);
    }
    long all = text.equals("24:00") ? MICROS_OF_DAY : LocalTime.parse(text).toNanoOfDay() / 1_000;
    return all / micros;
  }
}
