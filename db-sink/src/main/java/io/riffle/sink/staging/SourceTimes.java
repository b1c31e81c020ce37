package io.riffle.sink.staging;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Days, times and time stamps as Debezium sends them, as texts that Postgres reads. What Postgres
 * has and the calendar of Java does not comes as numbers that no real day has; whatever else is out
 * of Postgres' range is refused. Found by trying Debezium 3.6.3.
 */
final class SourceTimes {
  private static final String INFINITY = "infinity";
  private static final String NEGATIVE_INFINITY = "-infinity";

  /** From the stream, and from snapshots and arrays. */
  private static final long INFINITE_DAY = -2_147_472_692;

  private static final long INFINITE_DAY_OF_SNAPSHOT = -622_191_233;
  private static final long NEGATIVE_INFINITE_DAY = -2_147_472_691;
  private static final long NEGATIVE_INFINITE_DAY_OF_SNAPSHOT = -625_821_271;

  private static final long INFINITE_MICROS = 9_223_372_036_825_200_000L;
  private static final long NEGATIVE_INFINITE_MICROS = -9_223_372_036_832_400_000L;

  /** 4714-11-24 BC and 5874897-12-31, the first and the last day of Postgres. */
  private static final long FIRST_DAY = -2_440_588;

  private static final long LAST_DAY = 2_145_042_905;
  private static final long SECONDS_OF_DAY = 86_400;
  private static final long MICROS_OF_SECOND = 1_000_000;
  private static final Pattern YEAR = Pattern.compile("([+-]?\\d{4,})(-.*)", Pattern.DOTALL);

  private SourceTimes() {}

  /**
   * A day, counted from 1970-01-01.
   *
   * @throws DateTimeException when Postgres has no such day
   */
  static String date(long day) {
    if (day == INFINITE_DAY || isAbout(day, INFINITE_DAY_OF_SNAPSHOT)) {
      return INFINITY;
    } else if (day == NEGATIVE_INFINITE_DAY || isAbout(day, NEGATIVE_INFINITE_DAY_OF_SNAPSHOT)) {
      return NEGATIVE_INFINITY;
    } else if (day < FIRST_DAY || day > LAST_DAY) {
      throw new DateTimeException("no day of Postgres");
    }
    LocalDate date = LocalDate.ofEpochDay(day);
    return day(date) + era(date.getYear());
  }

  /** Snapshots go by the time zone of the connector's process. */
  private static boolean isAbout(long day, long other) {
    return Math.abs(day - other) <= 1;
  }

  private static String day(LocalDate date) {
    int year = date.getYear();
    return String.format(
        Locale.ROOT,
        "%04d-%02d-%02d",
        year > 0 ? year : 1 - year,
        date.getMonthValue(),
        date.getDayOfMonth());
  }

  private static String era(int year) {
    return year > 0 ? "" : " BC";
  }

  /** Microseconds of a day; all of them are 24:00. */
  static String time(long micros) {
    long seconds = Math.floorDiv(micros, MICROS_OF_SECOND);
    if (micros < 0 || micros > SECONDS_OF_DAY * MICROS_OF_SECOND) {
      throw new DateTimeException("no time of a day");
    }
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d.%06d",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60,
        Math.floorMod(micros, MICROS_OF_SECOND));
  }

  /**
   * Microseconds since 1970-01-01, without a zone. One behind the year 294246, which is more than a
   * number holds, comes as one before all that Postgres knows.
   *
   * @throws DateTimeException when Postgres has no such time stamp
   */
  static String timestamp(long micros) {
    if (micros == INFINITE_MICROS) {
      return INFINITY;
    } else if (micros == NEGATIVE_INFINITE_MICROS) {
      return NEGATIVE_INFINITY;
    }
    long seconds = Math.floorDiv(micros, MICROS_OF_SECOND);
    long rest = Math.floorMod(micros, MICROS_OF_SECOND);
    if (seconds < FIRST_DAY * SECONDS_OF_DAY) {
      throw new DateTimeException("no time stamp of Postgres");
    }
    LocalDateTime at = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
    return String.format(
        Locale.ROOT,
        "%s %02d:%02d:%02d.%06d%s",
        day(at.toLocalDate()),
        at.getHour(),
        at.getMinute(),
        at.getSecond(),
        rest,
        era(at.getYear()));
  }

  /** An ISO time stamp with a zone, or what Postgres says of endless ones. */
  static String zoned(String iso) {
    Matcher matcher = YEAR.matcher(iso);
    if (!matcher.matches()) {
      return iso;
    }
    long year = Long.parseLong(matcher.group(1));
    return String.format(Locale.ROOT, "%04d", year > 0 ? year : 1 - year)
        + matcher.group(2)
        + (year > 0 ? "" : " BC");
  }
}
