package io.riffle.cdc.obfuscate;

/**
 * Addresses: {@code anna21@gmail.com} becomes {@code a21@g***.com}.
 *
 * <p>Of the part before the last {@code @}: its first and its last two characters where it has six
 * or more, the first alone where it has three to five, else {@code *}. Of the domain: the first
 * character of what is before its last dot, where that has three or more, then {@code ***}, then
 * the last label. What has no {@code @} is hidden like the first part.
 */
final class Emails {
  private static final int LONG = 6;
  private static final int MIDDLING = 3;
  private static final int TAIL = 2;

  private Emails() {}

  static String hide(String text) {
    int at = text.lastIndexOf('@');
    if (at < 0) {
      return local(text) + "***";
    }
    String domain = text.substring(at + 1);
    int dot = domain.lastIndexOf('.');
    String name = dot < 0 ? domain : domain.substring(0, dot);
    String label = dot < 0 ? "" : domain.substring(dot);
    return local(text.substring(0, at)) + "@" + first(name) + "***" + label;
  }

  private static String local(String text) {
    int length = characters(text);
    if (length >= LONG) {
      return first(text) + text.substring(text.offsetByCodePoints(text.length(), -TAIL));
    }
    return length >= MIDDLING ? first(text) : "*";
  }

  private static String first(String text) {
    return characters(text) >= MIDDLING ? text.substring(0, text.offsetByCodePoints(0, 1)) : "";
  }

  private static int characters(String text) {
    return text.codePointCount(0, text.length());
  }
}
