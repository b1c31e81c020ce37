package io.riffle.chaos.data;

import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Kind;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Values that stand for health data, and would be recognised anywhere: no id, hash or figure of the
 * stack has them by chance.
 */
public final class Canary {

  /** Number of the first record and person: keys begin with the canary's digits. */
  public static final long FIRST = 8_674_309_000_001L;

  /** Within texts and Medicare numbers; the second character is none of Base64. */
  static final String TEXT = "Z#Q";

  private static final String KEY = "867530900";
  private static final String AMOUNT = "867530.";

  /** Nobody is that old; a leap year, so that every day and month fits. */
  private static final String YEAR = "1908";

  private static final int WHOLE_DIGITS = 6;
  private static final int DATE_LENGTH = 11;

  private static final Pattern DATES =
      Pattern.compile("\\b\\d\\d-[A-Za-z]{3}-" + YEAR + "\\b|\\b" + YEAR + "-\\d\\d-\\d\\d\\b");

  private Canary() {}

  /** The field with a canary in it, where it can hold one; equal fields stay equal. */
  static String plant(Column column, String field) {
    if (field.isBlank()) {
      return field;
    }
    return switch (column.kind()) {
      case STRING -> text(column.length(), field);
      case HASH -> TEXT + field.substring(Math.min(field.length(), TEXT.length()));
      case DATE -> field.length() == DATE_LENGTH ? field.substring(0, 7) + YEAR : field;
      case DECIMAL -> holdsAmount(column) ? AMOUNT + cents(field) : field;
      default -> field;
    };
  }

  /** Whether a line of a log shows one. */
  public static boolean in(String line) {
    return List.of(TEXT, KEY, AMOUNT).stream().anyMatch(line::contains)
        || (line.contains(YEAR) && DATES.matcher(line).find());
  }

  private static String text(int length, String field) {
    String planted = TEXT + field;
    return length <= TEXT.length()
        ? field
        : planted.substring(0, Math.min(length, planted.length()));
  }

  private static boolean holdsAmount(Column column) {
    return column.kind() == Kind.DECIMAL
        && column.scale() == 2
        && column.precision() - column.scale() >= WHOLE_DIGITS;
  }

  /** The last two digits tell one amount from another. */
  private static String cents(String field) {
    String digits = "00" + field.replace(".", "");
    return digits.substring(digits.length() - 2);
  }
}
