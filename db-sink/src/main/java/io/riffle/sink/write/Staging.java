package io.riffle.sink.write;

import java.util.List;

/**
 * A table of the session that rows are copied into. It has the types of the table they are meant
 * for, which check the values.
 *
 * @param name without its schema, which is {@code pg_temp}
 * @param like the table whose columns it has
 */
record Staging(String name, String like, List<String> columns) {

  /** The name to use in statements. */
  String table() {
    return "pg_temp." + name;
  }

  String create() {
    return String.format(
        "CREATE TEMP TABLE IF NOT EXISTS %s ON COMMIT DELETE ROWS AS SELECT %s FROM %s"
            + " WITH NO DATA",
        name, names(), like);
  }

  String copy() {
    return CopyStream.sql(table(), columns);
  }

  String names() {
    return String.join(", ", columns);
  }
}
