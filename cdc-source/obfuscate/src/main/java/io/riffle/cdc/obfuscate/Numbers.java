package io.riffle.cdc.obfuscate;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * Another number with the same sign, scale and count of digits, hence of the same type. Integers
 * are permuted within bands (1-9, 10-99, ..., cut at 2^15 and 2^31), so different ones stay
 * different, and one of a narrow column becomes what it becomes in a wide one. Zero and the ends of
 * a type's range stay.
 */
final class Numbers {
  private static final int LONG_DIGITS = 18;
  private static final long[] BORDERS = borders();

  private final Keyed keyed;
  private final Permutation permutation;

  Numbers(Keyed keyed) {
    this.keyed = keyed;
    this.permutation = new Permutation(keyed);
  }

  /** For 16, 32 and 64 bits alike. */
  long other(long value) {
    boolean endOfTheRange = value == Long.MIN_VALUE || value == Long.MAX_VALUE;
    return endOfTheRange ? value : Long.signum(value) * magnitude(Math.abs(value));
  }

  BigDecimal other(BigDecimal value) {
    BigInteger magnitude = value.unscaledValue().abs();
    BigInteger changed =
        magnitude.bitLength() < Long.SIZE && digits(magnitude) <= LONG_DIGITS
            ? BigInteger.valueOf(magnitude(magnitude.longValueExact()))
            : longer(magnitude.toString());
    return new BigDecimal(value.signum() < 0 ? changed.negate() : changed, value.scale());
  }

  /** The sign and the order of magnitude stay; so do zero, infinities and NaN. */
  double other(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return value;
    }
    long mantissa = (1L << 52) - 1;
    long bits = Double.doubleToLongBits(value);
    long changed = permutation.other(bits & mantissa, 0, mantissa + 1);
    return Double.longBitsToDouble((bits & ~mantissa) | changed);
  }

  float other(float value) {
    if (value == 0 || !Float.isFinite(value)) {
      return value;
    }
    int mantissa = (1 << 23) - 1;
    int bits = Float.floatToIntBits(value);
    long changed = permutation.other(bits & mantissa, 0, mantissa + 1);
    return Float.intBitsToFloat((bits & ~mantissa) | Math.toIntExact(changed));
  }

  /**
   * A text of digits with the same beginning and end: the middle becomes another one.
   *
   * @param middle digits only, at least one, at most {@value #LONG_DIGITS}
   */
  String otherDigits(String middle, String whole) {
    long bound = Math.round(Math.pow(10, middle.length()));
    long step = 1 + Long.remainderUnsigned(longOf("digits", whole), bound - 1);
    long changed = (Long.parseLong(middle) + step) % bound;
    String text = Long.toString(changed);
    return "0".repeat(middle.length() - text.length()) + text;
  }

  private long longOf(String purpose, String value) {
    return new BigInteger(1, Arrays.copyOf(keyed.bytes(purpose, value), Long.BYTES)).longValue();
  }

  private long magnitude(long value) {
    int at = Arrays.binarySearch(BORDERS, value);
    int band = at >= 0 ? at : -at - 2;
    long high = band + 1 == BORDERS.length ? Long.MAX_VALUE : BORDERS[band + 1];
    return band == 0 ? 0 : permutation.other(value, BORDERS[band], high);
  }

  /** Too long for a permutation: digits from the hash, the first one not zero. */
  private BigInteger longer(String digits) {
    StringBuilder text = new StringBuilder();
    for (int block = 0; text.length() < digits.length(); block++) {
      text.append(new BigInteger(1, keyed.bytes("digits " + block, digits)));
    }
    text.setLength(digits.length());
    return new BigInteger(text.toString());
  }

  private static int digits(BigInteger magnitude) {
    return magnitude.toString().length();
  }

  private static long[] borders() {
    long[] tens = new long[LONG_DIGITS];
    tens[0] = 10;
    for (int i = 1; i < LONG_DIGITS; i++) {
      tens[i] = tens[i - 1] * 10;
    }
    long[] borders = Arrays.copyOf(tens, LONG_DIGITS + 4);
    borders[LONG_DIGITS] = 0;
    borders[LONG_DIGITS + 1] = 1;
    borders[LONG_DIGITS + 2] = 1L << 15;
    borders[LONG_DIGITS + 3] = 1L << 31;
    Arrays.sort(borders);
    return borders;
  }
}
