package io.riffle.sink.staging;

import java.util.Collection;
import java.util.stream.Collectors;

/** Names and texts of others within statements: they come from a source's schema. */
final class Sql {
  private Sql() {}

  /** An identifier. */
  static String name(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /** Identifiers of columns, as a list. */
  static String names(Collection<String> names) {
    return names.stream().map(Sql::name).collect(Collectors.joining(", "));
  }

  /** A text constant. */
  static String text(String text) {
    String quoted = "'" + text.replace("'", "''") + "'";
    return text.indexOf('\\') < 0 ? quoted : "E" + quoted.replace("\\", "\\\\");
  }
}
