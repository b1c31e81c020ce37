package io.riffle.operations.rejects;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A point in time as people write it: a duration before now, or an instant. */
public final class Moment {
  private static final int LAST_YEAR = 9999;
  private static final Pattern AGO = Pattern.compile("(\\d{1,6})([mhd])");

  private Moment() {}

  /**
   * Reads one.
   *
   * @param text {@code 90m}, {@code 24h}, {@code 7d}, or an instant of ISO 8601
   * @throws DateTimeException when it is neither, or in a year that the database has not
   */
  public static Instant parse(String text, Instant now) {
    Matcher ago = AGO.matcher(text);
    return ago.matches()
        ? now.minus(duration(Long.parseLong(ago.group(1)), ago.group(2)))
        : instant(text);
  }

  private static Instant instant(String text) {
    Instant instant = Instant.parse(text);
    int year = instant.atOffset(ZoneOffset.UTC).getYear();
    if (year < 1 || year > LAST_YEAR) {
      throw new DateTimeException("year " + year);
    }
    return instant;
  }

  private static Duration duration(long amount, String unit) {
    return switch (unit) {
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
