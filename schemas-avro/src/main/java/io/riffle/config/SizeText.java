package io.riffle.config;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes in bytes: {@code 512}, {@code 64KiB}, {@code 16MiB} (1024 each), {@code 8MB} (1000). */
public final class SizeText {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,18}) ?([a-z]*)");
  private static final Map<String, Long> UNITS =
      Map.of(
          "", 1L,
          "b", 1L,
          "kb", 1_000L,
          "mb", 1_000_000L,
          "gb", 1_000_000_000L,
          "kib", 1L << 10,
          "mib", 1L << 20,
          "gib", 1L << 30,
          "tib", 1L << 40);

  private SizeText() {}

  /**
   * Reads a text.
   *
   * @return bytes
   * @throws IllegalArgumentException when it is no size
   */
  public static long parse(String text) {
    Matcher matcher = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches() || !UNITS.containsKey(matcher.group(2))) {
      throw new IllegalArgumentException("must be a size such as 512, 64KiB, 16MiB or 8MB");
    }
    try {
      return Math.multiplyExact(Long.parseLong(matcher.group(1)), UNITS.get(matcher.group(2)));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("is more bytes than a 64-bit number holds", e);
    }
  }
}
