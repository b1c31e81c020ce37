package io.riffle.producer.rif;

import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Layout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A good row of a FULL file, some of whose fields a test sets. */
final class FullRow {

  private final Layout layout;
  private final Map<String, String> fields = new HashMap<>();

  FullRow(Layout layout) {
    this.layout = layout;
    layout.fileColumns().forEach(column -> fields.put(column.name(), text(column)));
  }

  FullRow with(String column, String text) {
    fields.put(column, text);
    return this;
  }

  static String header(Layout layout) {
    return join(layout.fileColumns().stream().map(Column::name).toList());
  }

  String line() {
    return join(layout.fileColumns().stream().map(column -> fields.get(column.name())).toList());
  }

  private static String join(List<String> fields) {
    return fields.stream().collect(Collectors.joining("|", "", "\n"));
  }

  private static String text(Column column) {
    return switch (column.kind()) {
      case ACTION -> "INSERT";
      case STRING, CHAR, HASH -> "A";
      case DATE -> "27-OCT-1999";
      case DECIMAL, LONG, INT, SHORT -> "1";
    };
  }
}
