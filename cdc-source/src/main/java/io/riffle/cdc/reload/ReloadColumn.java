package io.riffle.cdc.reload;

import io.riffle.cdc.source.Identifiers;
import java.util.Optional;

/**
 * A column of a table that is reloaded.
 *
 * @param type as Debezium calls it: {@code INT8}, {@code _TEXT}, {@code "APP"."MOOD"}
 * @param length characters or digits; as Debezium has it where there is no limit
 * @param scale digits after the point
 * @param labels of an enum, joined by commas
 */
record ReloadColumn(
    String name, String type, int length, Optional<Integer> scale, Optional<String> labels) {

  /** What reads it, in the form in which Debezium would send it where Postgres' depends on more. */
  String sql() {
    String column = Identifiers.quote(name);
    return switch (plain(type)) {
      case "MONEY" -> column + "::numeric"; // its text has the signs of the server's locale
      case "_MONEY" -> column + "::numeric[]";
      case "HSTORE" -> column + "::jsonb";
      case "_HSTORE" -> column + "::jsonb[]";
      default -> column;
    };
  }

  /** The type without its schema. */
  private static String plain(String type) {
    return type.substring(type.lastIndexOf('.') + 1).replace("\"", "");
  }
}
