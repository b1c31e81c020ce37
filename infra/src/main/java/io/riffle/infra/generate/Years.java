package io.riffle.infra.generate;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Reference years of persons, one file each.
 *
 * @param last not before {@code first}; both from 1900 to 2100
 */
public record Years(int first, int last) {

  private static final int EARLIEST = 1900;
  private static final int LATEST = 2100;
  private static final Pattern TEXT = Pattern.compile("(\\d{4})(?:-(\\d{4}))?");

  public Years {
    if (first < EARLIEST || last > LATEST || last < first) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "years are from %d to %d, the earlier one first: %d-%d",
              EARLIEST,
              LATEST,
              first,
              last));
    }
  }

  /**
   * Reads {@code 2021} or {@code 2019-2021}.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public static Years parse(String text) {
    Matcher matcher = TEXT.matcher(text.trim());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text + "' is neither a year nor FIRST-LAST");
    }
    int first = Integer.parseInt(matcher.group(1));
    return new Years(first, matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2)));
  }

  IntStream stream() {
    return IntStream.rangeClosed(first, last);
  }

  @Override
  public String toString() {
    return first == last ? String.valueOf(first) : first + "-" + last;
  }
}
