package io.riffle.cdc.source;

/** Names and texts in SQL. */
public final class Identifiers {
  private Identifiers() {}

  /** In quotes, those within doubled. */
  public static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** A text constant. */
  public static String text(String text) {
    String quoted = "'" + text.replace("'", "''") + "'";
    return text.indexOf('\\') < 0 ? quoted : "E" + quoted.replace("\\", "\\\\");
  }
}
