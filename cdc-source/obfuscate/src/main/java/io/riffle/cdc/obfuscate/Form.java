package io.riffle.cdc.obfuscate;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Timestamp;

/** What the values of a column are, as far as hiding them goes. */
enum Form {
  TEXT,
  /** A decimal number written as text. */
  DECIMAL_TEXT,
  UUID,
  ENUM,
  JSON,
  /** Date, or date and time, in ISO 8601. */
  ISO_DATE,
  INTEGER,
  FLOAT,
  DECIMAL,
  BYTES,
  /** Days since 1970. */
  DAYS,
  MILLIS,
  MICROS,
  NANOS,
  /** A {@link java.util.Date}. */
  JAVA_DATE,
  /** Neither text nor number nor date, such as an address of a network or a range. */
  OTHER;

  static final String ENUM_NAME = "io.debezium.data.Enum";

  /** Of an enum, joined by commas. */
  static final String LABELS = "allowed";

  static final String NAME = "__debezium.source.column.name";
  static final String TYPE = "__debezium.source.column.type";

  /** Before the type of an array's items in the array's own. */
  static final String ARRAY = "_";

  static final String LENGTH = "__debezium.source.column.length";

  private static final Map<String, Form> NAMED =
      Map.ofEntries(
          Map.entry("io.debezium.data.Uuid", UUID),
          Map.entry("io.debezium.data.Enum", ENUM),
          Map.entry("io.debezium.data.Json", JSON),
          Map.entry("io.debezium.time.Date", DAYS),
          Map.entry("io.debezium.time.Timestamp", MILLIS),
          Map.entry("io.debezium.time.MicroTimestamp", MICROS),
          Map.entry("io.debezium.time.NanoTimestamp", NANOS),
          Map.entry("io.debezium.time.ZonedTimestamp", ISO_DATE),
          Map.entry("io.debezium.time.IsoDate", ISO_DATE),
          Map.entry("io.debezium.time.IsoTimestamp", ISO_DATE),
          Map.entry(Decimal.LOGICAL_NAME, DECIMAL),
          Map.entry(Date.LOGICAL_NAME, JAVA_DATE),
          Map.entry(Timestamp.LOGICAL_NAME, JAVA_DATE));

  /**
   * Types of Postgres as they come in text: Debezium sends some of them so, and rows of tables
   * without a key have all columns in the form that Postgres prints.
   */
  private static final Map<String, Form> WRITTEN = written();

  static Form of(Schema schema) {
    if (schema.name() != null) {
      return NAMED.getOrDefault(schema.name(), OTHER);
    }
    return switch (schema.type()) {
      case STRING -> text(type(schema));
      case INT8, INT16, INT32, INT64 -> INTEGER;
      case FLOAT32, FLOAT64 -> FLOAT;
      case BYTES -> BYTES;
      default -> OTHER;
    };
  }

  /** The type in words, for people. */
  static String shown(Schema schema) {
    String type = type(schema);
    return type.isEmpty() ? Optional.ofNullable(schema.name()).orElse(schema.type().name()) : type;
  }

  private static Form text(String type) {
    return type.startsWith(ARRAY) ? OTHER : WRITTEN.getOrDefault(type, TEXT);
  }

  private static Map<String, Form> written() {
    Map<String, Form> written = new HashMap<>();
    List.of("numeric", "decimal", "money", "int2", "int4", "int8", "oid", "float4", "float8")
        .forEach(type -> written.put(type, DECIMAL_TEXT));
    List.of("serial", "bigserial", "smallserial").forEach(type -> written.put(type, DECIMAL_TEXT));
    List.of("date", "timestamp", "timestamptz").forEach(type -> written.put(type, ISO_DATE));
    List.of("json", "jsonb").forEach(type -> written.put(type, JSON));
    written.put("uuid", UUID);
    // what does not take any text
    List.of("inet", "cidr", "macaddr", "macaddr8", "xml", "int4range", "int8range", "numrange")
        .forEach(type -> written.put(type, OTHER));
    List.of("tsrange", "tstzrange", "daterange", "interval", "time", "timetz", "bit", "varbit")
        .forEach(type -> written.put(type, OTHER));
    List.of("bool", "bytea", "point", "hstore", "ltree", "tsvector", "isbn")
        .forEach(type -> written.put(type, OTHER));
    return written;
  }

  /** Whether it is JSON that stands for a set of pairs, and has to stay an object. */
  static boolean isPairs(Schema schema) {
    return type(schema).equals("hstore");
  }

  private static String type(Schema schema) {
    Map<String, String> parameters = schema.parameters();
    String type = parameters == null ? null : parameters.get(TYPE);
    return type == null ? "" : type.toLowerCase(Locale.ROOT);
  }
}
