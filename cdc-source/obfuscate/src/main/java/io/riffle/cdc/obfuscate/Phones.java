package io.riffle.cdc.obfuscate;

/**
 * Telephone numbers: {@code 9858712312} becomes {@code 985***12}. What is not a digit goes, but for
 * a plus sign in front. Three digits at least are hidden: of five to seven only the last two stay,
 * of fewer none.
 */
final class Phones {
  private static final String HIDDEN = "***";
  private static final int HEAD = 3;
  private static final int TAIL = 2;

  private Phones() {}

  static String hide(String text) {
    String digits = digits(text);
    String plus = text.stripLeading().startsWith("+") ? "+" : "";
    if (digits.length() >= HEAD + HIDDEN.length() + TAIL) {
      return plus + digits.substring(0, HEAD) + HIDDEN + tail(digits);
    }
    return digits.length() >= HIDDEN.length() + TAIL ? plus + HIDDEN + tail(digits) : HIDDEN;
  }

  /** In a column of numbers: the hidden digits become other digits. */
  static long hide(long value, Numbers numbers) {
    String digits = Long.toString(Math.abs(value));
    if (value == Long.MIN_VALUE || digits.length() < HEAD + HIDDEN.length() + TAIL) {
      return numbers.other(value);
    }
    String middle = digits.substring(HEAD, digits.length() - TAIL);
    String hidden = digits.substring(0, HEAD) + numbers.otherDigits(middle, digits) + tail(digits);
    return Long.signum(value) * Long.parseLong(hidden);
  }

  private static String tail(String digits) {
    return digits.substring(digits.length() - TAIL);
  }

  /** Of any script: what a person reads as a digit is one. */
  private static String digits(String text) {
    StringBuilder digits = new StringBuilder();
    text.codePoints()
        .filter(Character::isDigit)
        .forEach(digit -> digits.append(Character.digit(digit, 10)));
    return digits.toString();
  }
}
