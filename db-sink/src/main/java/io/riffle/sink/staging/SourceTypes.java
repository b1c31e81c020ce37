package io.riffle.sink.staging;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/** What Debezium says of a column's type in the source, as the type of a staging table's column. */
final class SourceTypes {
  private static final String PARAMETER = "__debezium.source.column.";
  private static final int NO_LENGTH = Integer.MAX_VALUE;

  /** Of numeric; a negative one comes as the 11 bits that Postgres keeps of it. */
  private static final int MOST_SCALE = 1000;

  private static final int SCALES = 2048;
  private static final String ENUM = "io.debezium.data.Enum";

  private static final Map<String, String> BUILT_IN =
      Map.ofEntries(
          Map.entry("INT2", "smallint"),
          Map.entry("SMALLSERIAL", "smallint"),
          Map.entry("INT4", "integer"),
          Map.entry("SERIAL", "integer"),
          Map.entry("INT8", "bigint"),
          Map.entry("BIGSERIAL", "bigint"),
          Map.entry("OID", "oid"),
          Map.entry("FLOAT4", "real"),
          Map.entry("FLOAT8", "double precision"),
          Map.entry("NUMERIC", "numeric"),
          Map.entry("MONEY", "numeric"), // what money looks like depends on the server
          Map.entry("BOOL", "boolean"),
          Map.entry("TEXT", "text"),
          Map.entry("NAME", "text"),
          Map.entry("CHAR", "text"),
          Map.entry("VARCHAR", "character varying"),
          Map.entry("BPCHAR", "bpchar"),
          Map.entry("BYTEA", "bytea"),
          Map.entry("BIT", "bit varying"),
          Map.entry("VARBIT", "bit varying"),
          Map.entry("DATE", "date"),
          Map.entry("TIME", "time without time zone"),
          Map.entry("TIMETZ", "time with time zone"),
          Map.entry("TIMESTAMP", "timestamp without time zone"),
          Map.entry("TIMESTAMPTZ", "timestamp with time zone"),
          Map.entry("INTERVAL", "interval"),
          Map.entry("UUID", "uuid"),
          Map.entry("JSON", "json"),
          Map.entry("JSONB", "jsonb"),
          Map.entry("HSTORE", "jsonb"), // Debezium sends it as JSON
          Map.entry("XML", "xml"),
          Map.entry("INET", "inet"),
          Map.entry("CIDR", "cidr"),
          Map.entry("MACADDR", "macaddr"),
          Map.entry("MACADDR8", "macaddr8"),
          Map.entry("POINT", "point"),
          Map.entry("TSVECTOR", "tsvector"),
          Map.entry("INT4RANGE", "int4range"),
          Map.entry("INT8RANGE", "int8range"),
          Map.entry("NUMRANGE", "numrange"),
          Map.entry("TSRANGE", "tsrange"),
          Map.entry("TSTZRANGE", "tstzrange"),
          Map.entry("DATERANGE", "daterange"));

  private static final List<String> EXTENSIONS = List.of("CITEXT", "LTREE");
  private static final List<String> WITH_LENGTH = List.of("VARCHAR", "BPCHAR", "BIT", "VARBIT");

  /** Types that without a length would be of length 1. */
  private static final Map<String, String> OF_LENGTH = Map.of("BPCHAR", "character", "BIT", "bit");

  private SourceTypes() {}

  /** A parameter that Debezium adds to a column's schema. */
  static Optional<String> parameter(Schema schema, String name) {
    return schema.getObjectProp("connect.parameters") instanceof Map<?, ?> parameters
        ? Optional.ofNullable(parameters.get(PARAMETER + name)).map(Object::toString)
        : Optional.empty();
  }

  /** The name in the source, in upper case and without the schema that some types come with. */
  static Optional<String> name(Schema schema) {
    return parameter(schema, "type")
        .map(name -> name.toUpperCase(Locale.ROOT))
        .map(name -> name.substring(name.lastIndexOf('.') + 1).replace("\"", ""));
  }

  /**
   * The type of a column.
   *
   * @param schema of its values, without null
   */
  static TypeSpec of(Schema schema) {
    String name = name(schema).orElse("");
    // Rows that were read as texts have arrays as texts, too.
    boolean array = schema.getType() == Schema.Type.ARRAY || name.startsWith("_");
    String element = array && name.startsWith("_") ? name.substring(1) : name;
    Optional<List<String>> labels =
        labels(
            schema.getType() == Schema.Type.ARRAY
                ? ValueReaders.inner(schema.getElementType())
                : schema);
    if (labels.isPresent()) {
      String type = element.isEmpty() ? schema.getName() : element;
      return new TypeSpec.OfLabels(type.toLowerCase(Locale.ROOT), labels.get(), array);
    } else if (EXTENSIONS.contains(element)) {
      return new TypeSpec.OfExtension(element.toLowerCase(Locale.ROOT), array);
    }
    ColumnType type = builtIn(element, schema);
    return new TypeSpec.BuiltIn(array ? type.arrayOf() : type);
  }

  private static Optional<List<String>> labels(Schema schema) {
    if (!ENUM.equals(schema.getProp("connect.name"))
        || !(schema.getObjectProp("connect.parameters") instanceof Map<?, ?> parameters)) {
      return Optional.empty();
    }
    return Optional.ofNullable(parameters.get("allowed"))
        .map(allowed -> Arrays.asList(allowed.toString().split(",", -1)));
  }

  private static ColumnType builtIn(String name, Schema schema) {
    String base = BUILT_IN.get(name);
    if (base == null) {
      return byValue(schema);
    }
    int length = parameter(schema, "length").map(Integer::parseInt).orElse(NO_LENGTH);
    if (WITH_LENGTH.contains(name) && length != NO_LENGTH && length > 0) {
      return ColumnType.of(OF_LENGTH.getOrDefault(name, base), length);
    } else if (name.equals("NUMERIC") && length > 0 && length <= 1000) {
      int scale = parameter(schema, "scale").map(Integer::parseInt).orElse(0);
      return ColumnType.of(base, length, scale > MOST_SCALE ? scale - SCALES : scale);
    }
    return ColumnType.of(base);
  }

  /** For domains and for types that this build does not know: what their values look like. */
  private static ColumnType byValue(Schema schema) {
    return switch (schema.getType()) {
      case INT -> ColumnType.of(isDate(schema) ? "date" : "integer");
      case LONG -> byName(schema);
      case FLOAT -> ColumnType.of("real");
      case DOUBLE -> ColumnType.of("double precision");
      case BOOLEAN -> ColumnType.of("boolean");
      case ARRAY -> byValue(ValueReaders.inner(schema.getElementType()));
      default -> byName(schema);
    };
  }

  private static boolean isDate(Schema schema) {
    return "io.debezium.time.Date".equals(schema.getProp("connect.name"));
  }

  private static ColumnType byName(Schema schema) {
    String name = String.valueOf(schema.getProp("connect.name"));
    String whole = schema.getType() == Schema.Type.LONG ? "bigint" : "text";
    return ColumnType.of(
        switch (name) {
          case "io.debezium.time.MicroTime", "io.debezium.time.NanoTime" ->
              "time without time zone";
          case "io.debezium.time.MicroTimestamp",
              "io.debezium.time.Timestamp",
              "io.debezium.time.NanoTimestamp" ->
              "timestamp without time zone";
          case "io.debezium.time.ZonedTimestamp" -> "timestamp with time zone";
          case "io.debezium.time.ZonedTime" -> "time with time zone";
          case "io.debezium.time.MicroDuration", "io.debezium.time.Interval" -> "interval";
          case "io.debezium.data.Uuid" -> "uuid";
          default -> whole;
        });
  }
}
