package io.riffle.producer.rif;

/**
 * Reads dates: {@code 27-OCT-1999} (English month, any case), {@code 19991027} and {@code
 * 1999-10-27}. Days that a month does not have are no dates.
 */
final class CalendarDate {

  /** What is returned for a text that is no date. */
  static final int NONE = Integer.MIN_VALUE;

  private static final int NOT_DIGITS = -1;
  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

  /** Of each letter the bits that upper and lower case have in common. */
  private static final int LETTER_BITS = 0x1f;

  private static final int LOWER_CASE = 0x202020;

  /** Month by its second and third letter, which are enough to tell it. */
  private static final byte[] MONTH_BY_LETTERS = monthsByLetters();

  /** The three letters by the month's number; 0 for no month. */
  private static final int[] NAMES = names();

  private static final int[] MONTH_LENGTHS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  /** Days from 0000-03-01 to 1970-01-01. */
  private static final int EPOCH = 719_468;

  private CalendarDate() {}

  private static int[] names() {
    int[] names = new int[13];
    for (int month = 1; month <= 12; month++) {
      int at = 3 * (month - 1);
      names[month] = name(MONTHS.charAt(at), MONTHS.charAt(at + 1), MONTHS.charAt(at + 2));
    }
    return names;
  }

  private static byte[] monthsByLetters() {
    byte[] months = new byte[1 << 10];
    for (int month = 1; month <= 12; month++) {
      int at = 3 * (month - 1);
      months[index(MONTHS.charAt(at + 1), MONTHS.charAt(at + 2))] = (byte) month;
    }
    return months;
  }

  /** Days since 1970-01-01. */
  static int read(byte[] bytes, int from, int to) {
    return switch (to - from) {
      case 8 ->
          epochDay(digits(bytes, from, 4), digits(bytes, from + 4, 2), digits(bytes, from + 6, 2));
      case 10 -> bytes[from + 4] == '-' && bytes[from + 7] == '-' ? iso(bytes, from) : NONE;
      case 11 -> bytes[from + 2] == '-' && bytes[from + 6] == '-' ? named(bytes, from) : NONE;
      default -> NONE;
    };
  }

  private static int iso(byte[] bytes, int from) {
    return epochDay(digits(bytes, from, 4), digits(bytes, from + 5, 2), digits(bytes, from + 8, 2));
  }

  private static int named(byte[] bytes, int from) {
    return epochDay(digits(bytes, from + 7, 4), month(bytes, from + 3), digits(bytes, from, 2));
  }

  private static int digits(byte[] bytes, int from, int count) {
    int number = 0;
    for (int i = from; i < from + count; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return NOT_DIGITS;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  /** The month's number, 0 for no month. */
  private static int month(byte[] bytes, int from) {
    int month = MONTH_BY_LETTERS[index(bytes[from + 1], bytes[from + 2])];
    int name = name(bytes[from], bytes[from + 1], bytes[from + 2]);
    return (name | LOWER_CASE) == NAMES[month] ? month : 0;
  }

  private static int index(int second, int third) {
    return ((second & LETTER_BITS) << 5) | (third & LETTER_BITS);
  }

  private static int name(int first, int second, int third) {
    return ((first & 0xff) << 16) | ((second & 0xff) << 8) | (third & 0xff);
  }

  private static int epochDay(int year, int month, int day) {
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) {
      return NONE;
    }
    // Years are counted from March, so that the leap day comes last.
    int marchYear = month > 2 ? year : year - 1;
    int marchMonth = month > 2 ? month - 3 : month + 9;
    int leapDays = marchYear / 4 - marchYear / 100 + marchYear / 400;
    return marchYear * 365 + leapDays + (153 * marchMonth + 2) / 5 + day - 1 - EPOCH;
  }

  private static int daysOf(int year, int month) {
    return month == 2 && isLeap(year) ? 29 : MONTH_LENGTHS[month - 1];
  }

  private static boolean isLeap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  }
}
