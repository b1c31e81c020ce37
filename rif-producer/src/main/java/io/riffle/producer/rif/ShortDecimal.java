package io.riffle.producer.rif;

/**
 * Reads decimal numbers of up to eight characters without a loop: digits and at most one point, no
 * sign.
 */
final class ShortDecimal {

  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long ZEROS = LOW_BITS * '0';
  private static final long POINTS = LOW_BITS * ('.' ^ '0');

  /** Added to a byte it sets the high bit if the byte is more than 9. */
  private static final long NOT_DIGIT = LOW_BITS * (0x7f - 9);

  private static final long HIGH_BITS = LOW_BITS << 7;

  private static final long PAIRS = 0x000000FF000000FFL;
  private static final long FIRST_AND_THIRD = 100 + (1_000_000L << 32);
  private static final long SECOND_AND_FOURTH = 1 + (10_000L << 32);

  /** The number that was read last, without its point. */
  long unscaled;

  /** Digits behind its point. */
  int scale;

  /** Reads a text; false if it is longer, or no number without a sign. */
  boolean read(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length < 1 || length > Long.BYTES || to < Long.BYTES) {
      return false;
    }
    // The text stands at the upper end, which is the last in order; digits are their values.
    long text =
        (EightBytes.read(bytes, to - Long.BYTES) ^ ZEROS) & (-1L << (Long.SIZE - 8 * length));
    long point = Long.lowestOneBit(EightBytes.zeroBytes(text ^ POINTS));
    int points = (int) ((point | -point) >>> 63);
    long digits = withoutPoint(text, point, points);
    scale = (Long.numberOfLeadingZeros(point) >>> 3) & 7;
    unscaled = number(digits);
    return length > points && (((digits + NOT_DIGIT) | digits) & HIGH_BITS) == 0;
  }

  /** What is before the point moves up to its place. */
  private static long withoutPoint(long text, long point, int points) {
    long before = EightBytes.before(point);
    return ((text & before) << (8 * points)) | (text & ~((before << 8) | 0xff));
  }

  /** Eight digits, the first one lowest, put together to pairs, and these to a number. */
  private static long number(long digits) {
    long pairs = digits * 10 + (digits >>> 8);
    return ((pairs & PAIRS) * FIRST_AND_THIRD + ((pairs >>> 16) & PAIRS) * SECOND_AND_FOURTH)
        >>> 32;
  }
}
