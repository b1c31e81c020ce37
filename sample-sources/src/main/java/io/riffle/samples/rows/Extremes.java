package io.riffle.samples.rows;

import java.util.SplittableRandom;

/** The ends of what Postgres' types can hold, as texts. */
final class Extremes {

  private static final String[] NUMERIC = {"NaN", "Infinity", "-Infinity"};
  private static final String[] DATE = {"infinity", "-infinity", "0044-03-15 BC", "5874897-12-31"};
  private static final String[] TIMESTAMP = {
    "infinity", "-infinity", "0044-03-15 12:00:00 BC", "294276-12-31 23:59:59.999999"
  };

  private Extremes() {}

  /** Null for types without. */
  static String of(ColumnShape column, SplittableRandom random) {
    return switch (column.type()) {
      case "numeric", "real", "double precision" -> any(NUMERIC, random);
      case "date" -> any(DATE, random);
      case "timestamp without time zone", "timestamp with time zone" -> any(TIMESTAMP, random);
      case "time without time zone" -> "24:00:00";
      default -> null;
    };
  }

  private static String any(String[] of, SplittableRandom random) {
    return of[random.nextInt(of.length)];
  }
}
