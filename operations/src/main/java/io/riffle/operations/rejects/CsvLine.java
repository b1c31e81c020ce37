package io.riffle.operations.rejects;

import java.util.Collection;
import java.util.stream.Collectors;

/** A line of CSV (RFC 4180) that does no harm in a spreadsheet. */
final class CsvLine {

  /** What makes a spreadsheet take a text for a formula, or look behind it for one. */
  private static final String FORMULA = "=+-@\t\r";

  private CsvLine() {}

  static String of(Collection<?> values) {
    return values.stream().map(CsvLine::cell).collect(Collectors.joining(",")) + "\r\n";
  }

  private static String cell(Object value) {
    if (value == null) {
      return "";
    }
    return value instanceof Number ? value.toString() : quoted(neutral(value.toString()));
  }

  private static String neutral(String text) {
    return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  private static String quoted(String text) {
    boolean special = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return special ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
