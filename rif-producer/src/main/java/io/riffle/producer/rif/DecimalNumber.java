package io.riffle.producer.rif;

import io.riffle.schemas.control.RejectReason;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Reads decimal numbers: an optional sign, digits, an optional point with more digits; at least one
 * digit. Numbers are never rounded.
 */
final class DecimalNumber {

  /** Most digits of a number whose column sets no precision. */
  static final int MAX_DIGITS = 38;

  /** Most digits whose number surely fits into a long. */
  static final int LONG_DIGITS = 18;

  private boolean negative;
  private int wholeFrom;
  private int wholeTo;
  private int fractionFrom;
  private int fractionTo;

  /**
   * Writes the unscaled value as Avro bytes, as few as it needs; null when that went well, else
   * what is wrong.
   */
  RejectReason writeBounded(byte[] bytes, int from, int to, PlannedColumn column, AvroBuffer out) {
    if (!parse(bytes, from, to)) {
      return RejectReason.NOT_A_NUMBER;
    }
    int scaled = Math.min(fractionFrom + column.scale, fractionTo);
    if (wholeTo - wholeFrom > column.precision - column.scale
        || !isZero(bytes, scaled, fractionTo)) {
      return RejectReason.OUT_OF_RANGE;
    }
    if (column.precision <= LONG_DIGITS) {
      out.writeUnscaled(unscaled(bytes, scaled, column.scale));
    } else {
      writeLarge(bytes, scaled, column.scale, out);
    }
    return null;
  }

  /** Whether the number that was read last, which has no fraction, is less than zero. */
  boolean isNegative() {
    return negative && wholeFrom < wholeTo;
  }

  /** Writes the number as an Avro string in its canonical form, its scale kept. */
  RejectReason writeText(byte[] bytes, int from, int to, AvroBuffer out) {
    if (!parse(bytes, from, to)) {
      return RejectReason.NOT_A_NUMBER;
    }
    int fraction = fractionTo - fractionFrom;
    if (wholeTo - wholeFrom + fraction > MAX_DIGITS) {
      return RejectReason.OUT_OF_RANGE;
    }
    boolean zero = wholeFrom == wholeTo && isZero(bytes, fractionFrom, fractionTo);
    boolean signed = negative && !zero;
    int whole = Math.max(wholeTo - wholeFrom, 1);
    out.writeLong((signed ? 1 : 0) + whole + (fraction > 0 ? fraction + 1 : 0));
    writeCharacters(bytes, signed, out);
    return null;
  }

  private void writeCharacters(byte[] bytes, boolean signed, AvroBuffer out) {
    if (signed) {
      out.writeByte('-');
    }
    if (wholeFrom == wholeTo) {
      out.writeByte('0');
    } else {
      out.copy(bytes, wholeFrom, wholeTo);
    }
    if (fractionFrom < fractionTo) {
      out.writeByte('.');
      out.copy(bytes, fractionFrom, fractionTo);
    }
  }

  /** Finds the digits; leading zeros are left out. */
  private boolean parse(byte[] bytes, int from, int to) {
    negative = bytes[from] == '-';
    wholeFrom = negative || bytes[from] == '+' ? from + 1 : from;
    wholeTo = afterDigits(bytes, wholeFrom, to);
    boolean point = wholeTo < to && bytes[wholeTo] == '.';
    fractionFrom = point ? wholeTo + 1 : wholeTo;
    fractionTo = point ? afterDigits(bytes, fractionFrom, to) : wholeTo;
    boolean digits = wholeTo > wholeFrom || fractionTo > fractionFrom;
    while (wholeFrom < wholeTo && bytes[wholeFrom] == '0') {
      wholeFrom++;
    }
    return digits && fractionTo == to;
  }

  private static int afterDigits(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at;
  }

  private static boolean isZero(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != '0') {
        return false;
      }
    }
    return true;
  }

  private long unscaled(byte[] bytes, int scaled, int scale) {
    long sum = 0;
    for (int i = wholeFrom; i < wholeTo; i++) {
      sum = sum * 10 + (bytes[i] - '0');
    }
    for (int i = fractionFrom; i < scaled; i++) {
      sum = sum * 10 + (bytes[i] - '0');
    }
    for (int i = scaled - fractionFrom; i < scale; i++) {
      sum *= 10;
    }
    return negative ? -sum : sum;
  }

  /** Columns of so many digits are rare enough for objects. */
  private void writeLarge(byte[] bytes, int scaled, int scale, AvroBuffer out) {
    String digits =
        "0"
            + ascii(bytes, wholeFrom, wholeTo)
            + ascii(bytes, fractionFrom, scaled)
            + "0".repeat(scale - (scaled - fractionFrom));
    BigInteger value = new BigInteger(digits);
    byte[] unscaled = (negative ? value.negate() : value).toByteArray();
    out.writeBytes(unscaled, 0, unscaled.length);
  }

  private static String ascii(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
  }
}
