package io.riffle.console.page;

import io.riffle.config.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** How numbers and times are spelled, the same for everybody: UTC, and no language's commas. */
public final class Words {
  /** For what is not known. */
  public static final String NONE = "–";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int UNIT = 1_000;
  private static final char THIN_SPACE = '\u202f';

  private Words() {}

  /** How many there are of something whose plural has an s. */
  public static String count(long count, String one) {
    return number(count) + " " + one + (count == 1 ? "" : "s");
  }

  public static String number(long number) {
    String digits = Long.toString(number);
    int first = number < 0 ? 1 : 0;
    StringBuilder text = new StringBuilder(digits);
    for (int at = digits.length() - 3; at > first; at -= 3) {
      text.insert(at, THIN_SPACE);
    }
    return text.toString();
  }

  /** A second. */
  public static String rate(double perSecond) {
    return perSecond > 0 && perSecond < 10
        ? String.format(Locale.ROOT, "%.1f", perSecond)
        : number(Math.round(perSecond));
  }

  public static String duration(Duration time) {
    return DurationText.about(time);
  }

  public static String duration(Optional<Duration> time) {
    return time.map(DurationText::about).orElse(NONE);
  }

  public static String time(Instant time) {
    return TIME.format(time);
  }

  public static String time(Optional<Instant> time) {
    return time.map(Words::time).orElse(NONE);
  }

  /** A time as ledgers spell it, as pages do. */
  public static String time(String iso) {
    return iso.replace('T', ' ').replaceFirst("Z$", "");
  }

  static String ago(Instant at, Instant now) {
    Duration age = Duration.between(at, now);
    return DurationText.about(age.isNegative() ? Duration.ZERO : age) + " ago";
  }

  /** Bytes in units of 1000. */
  public static String bytes(long bytes) {
    String[] units = {"B", "kB", "MB", "GB", "TB", "PB"};
    double left = bytes;
    int unit = 0;
    while (left >= UNIT && unit < units.length - 1) {
      left /= UNIT;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", left, units[unit]);
  }
}
