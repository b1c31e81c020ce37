package io.riffle.producer.rif;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks at eight bytes at once, the first of them lowest. */
final class EightBytes {

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = LOW_BITS << 7;
  private static final long SEPARATORS = LOW_BITS * '|';
  private static final long QUOTES = LOW_BITS * '"';
  private static final long BACKSLASHES = LOW_BITS * '\\';

  /** Added to a byte it sets the high bit unless the byte is a control character. */
  private static final long NOT_CONTROL = LOW_BITS * (0x80 - ' ');

  private EightBytes() {}

  static long read(byte[] bytes, int at) {
    return (long) WORD.get(bytes, at);
  }

  /**
   * Not 0 if a byte is a control character, a quote, or beyond ASCII; its lowest bit is then the
   * high bit of the first such byte.
   */
  static long special(long word) {
    long control = ~((word & ~HIGH_BITS) + NOT_CONTROL);
    return (word | control | zeroBytes(word ^ QUOTES)) & HIGH_BITS;
  }

  /** All bits of the bytes before the first marked one: of all bytes if none is marked. */
  static long before(long marks) {
    // The bits below the mark's; shifted with the sign, so that all ones stay.
    return ((marks & -marks) - 1) >> 7;
  }

  /** Index of the first byte whose high bit is set; 8 if none is. */
  static int first(long marks) {
    return Long.numberOfTrailingZeros(marks) >>> 3;
  }

  /** Not 0 if a byte is a backslash; which one cannot be told. */
  static long backslashes(long word) {
    return zeroBytes(word ^ BACKSLASHES);
  }

  /** The high bit of each byte that is a separator, and no other bits. */
  static long separators(long word) {
    long differences = word ^ SEPARATORS;
    return ~(((differences & ~HIGH_BITS) + ~HIGH_BITS) | differences | ~HIGH_BITS);
  }

  /** The lowest bit is the high bit of the first byte that is 0; 0 if none is. */
  static long zeroBytes(long word) {
    return (word - LOW_BITS) & ~word & HIGH_BITS;
  }
}
