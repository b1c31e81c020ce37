package io.riffle.cdc.guard;

import java.util.Locale;

/** Positions in a Postgres log, as numbers and in the text form that Postgres has for them. */
public final class Lsn {
  private static final int HALF = 32;
  private static final int HEXADECIMAL = 16;

  private Lsn() {}

  /**
   * The number of {@code 16/B374D848}.
   *
   * @throws IllegalArgumentException for another text
   */
  public static long parse(String text) {
    String[] halves = text.split("/", -1);
    if (halves.length != 2) {
      throw new IllegalArgumentException("not a position in a log: " + text);
    }
    return Long.parseLong(halves[0], HEXADECIMAL) << HALF | Long.parseLong(halves[1], HEXADECIMAL);
  }

  /** As Postgres writes it. */
  public static String text(long lsn) {
    return String.format(Locale.ROOT, "%X/%X", lsn >>> HALF, lsn & 0xFFFF_FFFFL);
  }
}
