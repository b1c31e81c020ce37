package io.riffle.producer.rif;

import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.EmptyRule;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;

/** What a good field says, worked out with the JDK's own classes, in the notation of Shown. */
final class NaiveValue {

  private static final DateTimeFormatter NAMED = dates("dd-MMM-uuuu");
  private static final DateTimeFormatter BASIC = dates("uuuuMMdd");

  private NaiveValue() {}

  private static DateTimeFormatter dates(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .toFormatter(Locale.ENGLISH)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  static String of(Column column, String text) {
    if (text.isEmpty()) {
      return column.empty() == EmptyRule.ZERO
          ? number(column, "0")
          : column.required() ? "" : "null";
    }
    return switch (column.kind()) {
      case STRING, CHAR -> text;
      case HASH -> NaiveHash.of(text);
      case DATE -> date(text).toString();
      case DECIMAL -> number(column, text);
      case LONG, INT, SHORT -> Long.toString(Long.parseLong(text));
      case ACTION -> throw new IllegalArgumentException(column.name());
    };
  }

  private static String number(Column column, String text) {
    BigDecimal number = new BigDecimal(text);
    boolean scaled =
        column.kind() == io.riffle.schemas.layout.Kind.DECIMAL && column.precision() > 0;
    return (scaled ? number.setScale(column.scale()) : number).toPlainString();
  }

  private static LocalDate date(String text) {
    return switch (text.length()) {
      case 8 -> LocalDate.parse(text, BASIC);
      case 11 -> LocalDate.parse(text, NAMED);
      default -> LocalDate.parse(text);
    };
  }
}
