package io.riffle.producer;

import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Kind;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes small RIF files by the layouts: required columns have a value, optional ones are empty.
 */
final class RifRows {

  private final Layout layout;
  private final List<String> columns;
  private final List<String> lines = new ArrayList<>();

  private RifRows(Layout layout, List<String> columns) {
    this.layout = layout;
    this.columns = columns;
    lines.add(String.join("|", columns));
  }

  /** A FULL file. */
  static RifRows full(String type) {
    Layout layout = Layouts.load().get(type);
    return new RifRows(layout, layout.fileColumns().stream().map(Column::name).toList());
  }

  /** A file with these columns only. */
  static RifRows of(String type, String... columns) {
    return new RifRows(Layouts.load().get(type), List.of(columns));
  }

  /** Adds records of one row each, with the keys from {@code first} down to {@code last}. */
  RifRows records(long first, long last) {
    for (long key = first; key >= last; key--) {
      row(key, Map.of());
    }
    return this;
  }

  /** Adds a row; values replace the default ones by column name. */
  RifRows row(long key, Map<String, String> values) {
    Map<String, String> all = new HashMap<>(Map.of(layout.key().name(), Long.toString(key)));
    all.putAll(values);
    Map<String, Column> byName = layout.byName();
    lines.add(
        columns.stream()
            .map(name -> all.getOrDefault(name, value(byName.get(name))))
            .collect(Collectors.joining("|")));
    return this;
  }

  /** Adds a line as it stands. */
  RifRows raw(String line) {
    lines.add(line);
    return this;
  }

  String text() {
    return String.join("\n", lines) + "\n";
  }

  private static String value(Column column) {
    if (column.kind() == Kind.ACTION) {
      return "INSERT";
    }
    if (!column.required()) {
      return "";
    }
    return switch (column.kind()) {
      case STRING, CHAR, HASH -> "A";
      case DATE -> "27-OCT-1999";
      default -> "1";
    };
  }
}
