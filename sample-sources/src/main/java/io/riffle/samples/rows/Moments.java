package io.riffle.samples.rows;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;

/** Days, times and spans as texts that Postgres reads. */
final class Moments {

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final long MICROS_A_DAY = 86_400_000_000L;
  private static final int DAYS = 60_000;

  private static final String[] SPANS = {
    "00:00:00",
    "1 day",
    "3 days 04:05:06.789",
    "-00:00:01",
    "1 year 2 mons",
    "1 mon -3 days",
    "00:00:00.000001",
    "27:30:00",
    "-2 years"
  };

  private Moments() {}

  /** When change n was made, as the source's application writes it: a second after the other. */
  static String stamp(long n) {
    return local(BEGIN.plusSeconds(n)) + "+00";
  }

  static String day(SplittableRandom random) {
    return LocalDate.of(1900, 1, 1).plusDays(random.nextInt(DAYS)).toString();
  }

  static String time(SplittableRandom random) {
    return LocalTime.ofNanoOfDay(random.nextLong(MICROS_A_DAY) * 1000).toString();
  }

  /** With microseconds, or without fraction. */
  static String timestamp(SplittableRandom random) {
    long micros = random.nextLong(MICROS_A_DAY * DAYS);
    Instant from1900 = Instant.parse("1900-01-01T00:00:00Z");
    Instant at = from1900.plus(micros, ChronoUnit.MICROS);
    return local(random.nextBoolean() ? at : at.truncatedTo(ChronoUnit.SECONDS));
  }

  static String span(SplittableRandom random) {
    return SPANS[random.nextInt(SPANS.length)];
  }

  private static String local(Instant at) {
    return at.toString().replace('T', ' ').replace("Z", "");
  }
}
