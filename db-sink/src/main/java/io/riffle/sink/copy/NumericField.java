package io.riffle.sink.copy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * A field of Postgres type numeric: groups of four decimal digits aligned at the point, the weight
 * of the first group, the sign and the number of digits to display after the point (numeric_recv in
 * the server's numeric.c). The display scale is that of the text: {@code 1.0} stays {@code 1.0}.
 */
final class NumericField {
  private static final int POSITIVE = 0x0000;
  private static final int NEGATIVE = 0x4000;
  private static final int GROUP = 4;
  private static final int BASE = 10_000;

  /** Bytes of an unscaled number that is a long still when its point moves by three digits. */
  private static final int SMALL = 6;

  private static final int[] POWERS = {1, 10, 100, 1_000};
  private static final long[] BASES = {
    1, 10_000, 100_000_000, 1_000_000_000_000L, 10_000_000_000_000_000L
  };
  private static final int MAX_DIGITS = 16_383;

  private NumericField() {}

  /**
   * Reads back a field: a whole number from 0 to 9,999, which is at most one group.
   *
   * @param at where its length stands
   * @throws MalformedValueException for any other number
   */
  static int readSmall(RowBuffer row, int at) throws MalformedValueException {
    int groups = row.shortAt(at + Integer.BYTES);
    int weight = row.shortAt(at + Integer.BYTES + Short.BYTES);
    int sign = row.shortAt(at + Integer.BYTES + 2 * Short.BYTES);
    if (groups > 1 || weight != 0 || sign != POSITIVE) {
      throw new MalformedValueException("no whole number from 0 to 9999");
    }
    return groups == 0 ? 0 : row.shortAt(at + Integer.BYTES + 4 * Short.BYTES);
  }

  /** From two's complement bytes, big-endian, as Avro's logical type decimal has them. */
  static void putUnscaled(byte[] bytes, int start, int length, int scale, RowBuffer out)
      throws MalformedValueException {
    if (length == 0) {
      throw new MalformedValueException("a decimal without bytes");
    }
    if (length <= SMALL) {
      putSmall(unscaled(bytes, start, length), scale, out);
      return;
    }
    byte[] text =
        new BigInteger(bytes, start, length).toString().getBytes(StandardCharsets.US_ASCII);
    boolean negative = text[0] == '-';
    int sign = negative ? 1 : 0;
    put(text, sign, text.length - sign, scale, negative, out);
  }

  private static long unscaled(byte[] bytes, int start, int length) {
    long value = bytes[start];
    for (int i = 1; i < length; i++) {
      value = (value << Byte.SIZE) | (bytes[start + i] & 0xFF);
    }
    return value;
  }

  /** Its groups are the digits of a long to the base 10,000. */
  private static void putSmall(long unscaled, int scale, RowBuffer out) {
    int fractionGroups = (scale + GROUP - 1) / GROUP;
    long rest = Math.abs(unscaled) * POWERS[fractionGroups * GROUP - scale];
    int lowest = -fractionGroups;
    while (rest != 0 && rest % BASE == 0) {
      rest /= BASE;
      lowest++;
    }
    int groups = groups(rest);
    out.putInt((4 + groups) * Short.BYTES);
    out.putShort(groups);
    out.putShort(groups == 0 ? 0 : lowest + groups - 1);
    out.putShort(unscaled < 0 ? NEGATIVE : POSITIVE);
    out.putShort(scale);
    for (int group = groups - 1; group >= 0; group--) {
      out.putShort((int) (rest / BASES[group] % BASE));
    }
  }

  private static int groups(long number) {
    int groups = 0;
    while (groups < BASES.length && number >= BASES[groups]) {
      groups++;
    }
    return groups;
  }

  /** From plain decimal text: an optional sign, digits, an optional point among or before them. */
  static void putText(byte[] bytes, int start, int length, RowBuffer out)
      throws MalformedValueException {
    int end = start + length;
    boolean negative = length > 0 && bytes[start] == '-';
    int from = negative || (length > 0 && bytes[start] == '+') ? start + 1 : start;
    byte[] digits = new byte[end - from];
    int count = 0;
    int point = -1;
    for (int i = from; i < end; i++) {
      if (bytes[i] == '.' && point < 0) {
        point = count;
      } else if (bytes[i] >= '0' && bytes[i] <= '9') {
        digits[count++] = bytes[i];
      } else {
        throw new MalformedValueException("no plain decimal text");
      }
    }
    if (count == 0 || count > MAX_DIGITS) {
      throw new MalformedValueException("no digits, or too many");
    }
    put(digits, 0, count, point < 0 ? 0 : count - point, negative, out);
  }

  /**
   * @param digits ASCII digits, without point
   * @param fraction how many of them stand after the point; may exceed their number
   */
  private static void put(
      byte[] digits, int start, int count, int fraction, boolean negative, RowBuffer out) {
    int integer = count - fraction;
    int firstGroup = Math.floorDiv(integer - 1, GROUP); // weight of the first digit's group
    int lastGroup = Math.floorDiv(-fraction, GROUP);
    while (firstGroup >= lastGroup && group(digits, start, count, integer, firstGroup) == 0) {
      firstGroup--;
    }
    while (lastGroup <= firstGroup && group(digits, start, count, integer, lastGroup) == 0) {
      lastGroup++;
    }
    int groups = Math.max(0, firstGroup - lastGroup + 1);
    out.putInt((4 + groups) * Short.BYTES);
    out.putShort(groups);
    out.putShort(groups == 0 ? 0 : firstGroup);
    out.putShort(negative && groups > 0 ? NEGATIVE : POSITIVE);
    out.putShort(fraction);
    for (int weight = firstGroup; weight >= lastGroup && groups > 0; weight--) {
      out.putShort(group(digits, start, count, integer, weight));
    }
  }

  /** The value of the four digits of a weight; weight 0 ends at the point. */
  private static int group(byte[] digits, int start, int count, int integer, int weight) {
    int first = integer - (weight + 1) * GROUP;
    int value = 0;
    for (int i = first; i < first + GROUP; i++) {
      int digit = i >= 0 && i < count ? digits[start + i] - '0' : 0;
      value = value * 10 + digit;
    }
    return value;
  }
}
