package io.riffle.cdc.obfuscate;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Moves dates by whole days. Ends of time (years before 1 and after 9999, infinity, 9999-12-31,
 * 0001-01-01) are nobody's date and stay.
 */
final class Days {
  private static final long FIRST = LocalDate.of(1, 1, 1).toEpochDay();
  private static final long LAST = LocalDate.of(9999, 12, 31).toEpochDay();
  private static final Pattern ISO =
      Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)((?:[T ].*|Z|[+-]\\d\\d:?\\d\\d)?)", Pattern.DOTALL);

  private final Keyed keyed;

  Days(Keyed keyed) {
    this.keyed = keyed;
  }

  /** From -most to most, never 0; equal for equal entities. */
  int shift(String entity, int most) {
    int number = keyed.pick("date-shift", entity, 2 * most) - most;
    return number < 0 ? number : number + 1;
  }

  /** A count of days since 1970. */
  static long moved(long day, int shift) {
    boolean moves = day > FIRST && day < LAST && day + shift > FIRST && day + shift < LAST;
    return moves ? day + shift : day;
  }

  /** A count of parts of days since 1970. */
  static long moved(long moment, long partsOfDay, int shift) {
    long day = Math.floorDiv(moment, partsOfDay);
    return moment + (moved(day, shift) - day) * partsOfDay;
  }

  /** A text that begins with a date as ISO 8601 or Postgres writes it; empty for another text. */
  static Optional<String> moved(String text, int shift) {
    Matcher matcher = ISO.matcher(text);
    if (!matcher.matches() || matcher.group(2).endsWith("BC")) {
      return Optional.empty();
    }
    try {
      long day = LocalDate.parse(matcher.group(1)).toEpochDay();
      return Optional.of(LocalDate.ofEpochDay(moved(day, shift)) + matcher.group(2));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
