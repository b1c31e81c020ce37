package io.riffle.cdc.source;

/** A table of a source, with the names as Postgres has them. */
public record TableName(String schema, String table) implements Comparable<TableName> {
  /** All tables of a schema. */
  public static final String ANY = "*";

  /**
   * Reads {@code schema.table} or {@code schema.*}.
   *
   * @throws IllegalArgumentException for another text
   */
  public static TableName parse(String text) {
    int dot = text.indexOf('.');
    if (dot < 1 || dot == text.length() - 1 || text.indexOf('"') >= 0) {
      throw new IllegalArgumentException(
          "a table is given as schema.table or schema.*, not as " + text);
    }
    return new TableName(text.substring(0, dot), text.substring(dot + 1));
  }

  /** For SQL. */
  public String quoted() {
    return Identifiers.quote(schema) + "." + Identifiers.quote(table);
  }

  /** As Debezium's lists want it: a regular expression, in which commas part tables. */
  public String pattern() {
    return escaped(schema) + "\\." + escaped(table);
  }

  /** A column of it, as Debezium's lists want that. */
  public String pattern(String column) {
    return pattern() + "\\." + escaped(column);
  }

  private static String escaped(String name) {
    return name.replaceAll("[^A-Za-z0-9_]", "\\\\$0");
  }

  @Override
  public int compareTo(TableName other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return schema + "." + table;
  }
}
