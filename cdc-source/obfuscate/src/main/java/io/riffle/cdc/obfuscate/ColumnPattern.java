package io.riffle.cdc.obfuscate;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Columns by name: {@code column}, {@code table.column} or {@code schema.table.column}, in which
 * {@code *} stands for any text and {@code ?} for any one character. Case does not matter: a
 * pattern that misses a sensitive column does harm, one that finds too many does not.
 */
public final class ColumnPattern {
  private static final int PARTS = 3;
  private static final Pattern ANY = glob("*");

  private final String text;
  private final Pattern schema;
  private final Pattern table;
  private final Pattern column;

  private ColumnPattern(String text, List<String> parts) {
    this.text = text;
    this.schema = parts.size() < PARTS ? ANY : glob(parts.get(0));
    this.table = parts.size() < PARTS - 1 ? ANY : glob(parts.get(parts.size() - 2));
    this.column = glob(parts.get(parts.size() - 1));
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static ColumnPattern of(String text) {
    List<String> parts = List.of(text.split("\\.", -1));
    if (parts.size() > PARTS || parts.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "must be column, table.column or schema.table.column: " + text);
    }
    return new ColumnPattern(text, parts);
  }

  /** Whether the column is one of these. */
  public boolean matches(ColumnName name) {
    return column.matcher(name.column()).matches()
        && table.matcher(name.table()).matches()
        && schema.matcher(name.schema()).matches();
  }

  /** Whether it names one column only, or the columns of one name. */
  boolean isExact() {
    return text.indexOf('*') < 0 && text.indexOf('?') < 0;
  }

  @Override
  public String toString() {
    return text;
  }

  private static Pattern glob(String text) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        default -> regex.append(Pattern.quote(text.substring(i, i + 1)));
      }
    }
    return Pattern.compile(
        regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
  }
}
