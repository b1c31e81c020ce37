package io.riffle.infra.generate;

import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.EmptyRule;
import io.riffle.schemas.layout.Kind;
import io.riffle.schemas.layout.Layout;
import java.math.BigDecimal;
import java.util.List;

/** What the columns that are read from one field take, told once more and simply. */
final class FieldRule {

  private final List<Column> columns;

  FieldRule(Layout layout, String name) {
    this.columns = layout.columns().stream().filter(c -> c.source().equals(name)).toList();
  }

  boolean takes(String field) {
    return !columns.isEmpty() && columns.stream().allMatch(column -> takes(column, field));
  }

  private static boolean takes(Column column, String field) {
    if (field.isEmpty()) {
      return column.empty() != EmptyRule.ERROR;
    }
    return switch (column.kind()) {
      case ACTION -> field.equals("INSERT") || field.equals("UPDATE");
      case STRING -> field.length() <= column.length();
      case HASH -> field.length() <= 11;
      case CHAR -> field.length() == 1;
      case DATE -> field.matches("\\d{2}-[A-Za-z]{3}-\\d{4}|\\d{8}");
      case DECIMAL -> fits(column, new BigDecimal(field));
      case LONG, INT, SHORT -> fits(column.kind(), Long.parseLong(field));
    };
  }

  private static boolean fits(Column column, BigDecimal number) {
    return column.precision() == 0
        || (number.scale() <= column.scale()
            && number.precision() - number.scale() <= column.precision() - column.scale());
  }

  private static boolean fits(Kind kind, long number) {
    return switch (kind) {
      case INT -> number == (int) number;
      case SHORT -> number == (short) number;
      default -> true;
    };
  }
}
