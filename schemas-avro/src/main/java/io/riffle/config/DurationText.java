package io.riffle.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 250ms}, {@code 30s}, {@code 5m}, {@code 2h}, ISO. */
public final class DurationText {
  private static final Pattern SHORT = Pattern.compile("(\\d{1,18}) ?(ms|s|m|h|d)");
  private static final long SHORTLY = 10;

  private DurationText() {}

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException when it is no duration
   */
  public static Duration parse(String text) {
    Matcher matcher = SHORT.matcher(text.toLowerCase(Locale.ROOT));
    try {
      return matcher.matches()
          ? of(Long.parseLong(matcher.group(1)), matcher.group(2))
          : Duration.parse(text);
    } catch (DateTimeParseException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "must be a duration such as 250ms, 30s, 5m, 2h, 1d or PT30S", e);
    }
  }

  /** For people: two units at most, {@code 0.4s}, {@code 12s}, {@code 3m 05s}, {@code 2h 14m}. */
  public static String about(Duration time) {
    if (time.toSeconds() < SHORTLY) {
      return String.format(Locale.ROOT, "%.1fs", time.toMillis() / 1000.0);
    } else if (time.toMinutes() < 1) {
      return time.toSeconds() + "s";
    } else if (time.toHours() < 1) {
      return String.format(Locale.ROOT, "%dm %02ds", time.toMinutes(), time.toSecondsPart());
    } else if (time.toDays() < 1) {
      return String.format(Locale.ROOT, "%dh %02dm", time.toHours(), time.toMinutesPart());
    }
    return String.format(Locale.ROOT, "%dd %02dh", time.toDays(), time.toHoursPart());
  }

  private static Duration of(long amount, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
