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

  /** Whether a byte is a control character, a quote, or beyond ASCII. */
  static boolean hasSpecial(long word) {
    long control = ~((word & ~HIGH_BITS) + NOT_CONTROL);
    return ((word | control | zeroBytes(word ^ QUOTES)) & HIGH_BITS) != 0;
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

  private static long zeroBytes(long word) {
    return (word - LOW_BITS) & ~word & HIGH_BITS;
  }
}
