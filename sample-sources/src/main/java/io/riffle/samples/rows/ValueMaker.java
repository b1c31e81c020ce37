package io.riffle.samples.rows;

import java.util.SplittableRandom;
import java.util.StringJoiner;

/**
 * Values of a column by its name and type, as texts that Postgres reads.
 *
 * @param extremes whether values come that not every reader can hold: NaN, infinity, years before
 *     Christ, midnight as 24:00
 */
record ValueMaker(boolean extremes) {

  private static final int NULL_ONE_IN = 8;
  private static final int EXTREME_ONE_IN = 10;
  private static final int SHORT = 200;

  /**
   * A value, or null where the column may be.
   *
   * @param n number of the change, which its time stamps tell
   */
  String value(ColumnShape column, long n, SplittableRandom random) {
    if (column.name().equals("created_at") || column.name().equals("updated_at")) {
      return Moments.stamp(n);
    }
    boolean empty = random.nextInt(NULL_ONE_IN) == 0;
    if (column.name().equals("deleted_at")) {
      return empty ? Moments.stamp(n) : null;
    }
    if (empty && !column.notNull() && !column.isKey()) {
      return null;
    }
    return column.external() ? longValue(column, random) : named(column, random);
  }

  private String named(ColumnShape column, SplittableRandom random) {
    return switch (column.name()) {
      case "first_name" -> Invented.firstName(random);
      case "last_name" -> Invented.lastName(random);
      case "name", "holder_name" -> Invented.name(random);
      case "email", "contact_email" -> Invented.email(random);
      case "phone_number" -> Invented.phone(random);
      case "series" -> "S" + random.nextInt(4);
      default -> typed(column, random);
    };
  }

  private String typed(ColumnShape column, SplittableRandom random) {
    if (extremes && random.nextInt(EXTREME_ONE_IN) == 0) {
      String extreme = Extremes.of(column, random);
      if (extreme != null) {
        return extreme;
      }
    }
    return column.labels().isEmpty()
        ? plain(column.type(), column.baseType(), random)
        : column.labels().get(random.nextInt(column.labels().size()));
  }

  private static String plain(String type, String base, SplittableRandom random) {
    if (type.endsWith("[]")) {
      return array(type.substring(0, type.length() - 2), random);
    }
    return switch (base) {
      case "boolean" -> Boolean.toString(random.nextBoolean());
      case "smallint" -> Integer.toString(random.nextInt(Short.MIN_VALUE, Short.MAX_VALUE + 1));
      case "integer" -> Integer.toString(random.nextInt());
      case "bigint" ->
          Long.toString(random.nextInt(5) == 0 ? random.nextLong() : random.nextInt(1, 100_000));
      case "real", "double precision" -> Double.toString(random.nextInt(-80_000, 80_000) / 8.0);
      case "numeric" -> Numbers.numeric(type, random);
      case "date" -> Moments.day(random);
      case "time without time zone" -> Moments.time(random);
      case "timestamp without time zone" -> Moments.timestamp(random);
      case "timestamp with time zone" -> Moments.timestamp(random) + "+00";
      case "interval" -> Moments.span(random);
      case "uuid" -> new java.util.UUID(random.nextLong(), random.nextLong()).toString();
      case "bytea" -> Texts.bytes(random.nextInt(33), random);
      case "json", "jsonb" -> json(1, random);
      case "character varying", "character" -> Texts.shortText(length(type), random);
      default -> Texts.shortText(SHORT, random);
    };
  }

  private static String longValue(ColumnShape column, SplittableRandom random) {
    return switch (column.baseType()) {
      case "bytea" -> Texts.bytes(Texts.longLength(random), random);
      case "json", "jsonb" -> json(20, random);
      default -> Texts.longText(random);
    };
  }

  private static String json(int answers, SplittableRandom random) {
    if (answers == 1 && random.nextInt(6) == 0) {
      return new String[] {"{}", "[]", "null", "\"text\"", "1.50", "true"}[random.nextInt(6)];
    }
    StringJoiner json = new StringJoiner(", ", "{", "}");
    for (int i = 0; i < answers; i++) {
      json.add("\"question %d\": %s".formatted(i, Texts.quotedJson(Texts.shortText(60, random))));
      json.add("\"detail %d\": [%d, null, {\"n\": %d.50}]".formatted(i, i, random.nextInt(1000)));
    }
    if (answers > 1) {
      json.add("\"essay\": " + Texts.quotedJson(Texts.longText(random)));
    }
    return json.toString();
  }

  private static String array(String type, SplittableRandom random) {
    StringJoiner array = new StringJoiner(",", "{", "}");
    int elements = random.nextInt(4);
    int bracket = type.indexOf('(');
    String base = bracket < 0 ? type : type.substring(0, bracket);
    for (int i = 0; i < elements; i++) {
      array.add(random.nextInt(5) == 0 ? "NULL" : quotedElement(plain(type, base, random)));
    }
    return array.toString();
  }

  private static String quotedElement(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static int length(String type) {
    int open = type.indexOf('(');
    return open < 0 ? SHORT : Integer.parseInt(type.substring(open + 1, type.length() - 1));
  }
}
