package io.riffle.cdc.source;

/** What Debezium makes of names that Kafka or Avro cannot have; it replaces each char by itself. */
public final class EventNames {
  private static final char REPLACEMENT = '_';

  private EventNames() {}

  /** A schema or table, as a part of a topic's name. It must have no dots: they part the parts. */
  public static String topicPart(String name) {
    StringBuilder part = new StringBuilder(name.length());
    name.chars().forEach(c -> part.append(isPlain(c) || c == '-' ? (char) c : REPLACEMENT));
    return part.toString();
  }

  /** A column, as a field of an Avro schema. */
  public static String field(String column) {
    StringBuilder field = new StringBuilder(column.length() + 1);
    if (isDigit(column.charAt(0))) {
      field.append(REPLACEMENT);
    }
    column.chars().forEach(c -> field.append(isPlain(c) ? (char) c : REPLACEMENT));
    return field.toString();
  }

  private static boolean isPlain(int c) {
    return c == '_' || isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
