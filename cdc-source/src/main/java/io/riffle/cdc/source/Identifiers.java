package io.riffle.cdc.source;

/** Names in SQL. */
public final class Identifiers {
  private Identifiers() {}

  /** In quotes, those within doubled. */
  public static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
