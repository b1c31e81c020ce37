package io.riffle.producer.rif;

/** UTF-8 by the table of the Unicode standard: no overlong forms, no surrogates. */
final class Utf8 {

  /** What is returned when all bytes are UTF-8. */
  static final int VALID = -1;

  /** Most bytes of a character. */
  static final int MAX_LENGTH = 4;

  private Utf8() {}

  /** Index of the first byte that is not part of a character. */
  static int firstInvalid(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      int length = bytes[at] >= 0 ? 1 : sequence(bytes, at, to);
      if (length == 0) {
        return at;
      }
      at += length;
    }
    return VALID;
  }

  /** Characters (code points) of bytes that are UTF-8. */
  static int characters(byte[] bytes, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += isContinuation(bytes[i]) ? 0 : 1;
    }
    return count;
  }

  /** Length of the sequence of several bytes that starts here, 0 when it is none. */
  private static int sequence(byte[] bytes, int at, int to) {
    int first = bytes[at] & 0xff;
    int length = first < 0xc2 || first > 0xf4 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (length == 0 || to - at < length || !isSecond(first, bytes[at + 1] & 0xff)) {
      return 0;
    }
    for (int i = at + 2; i < at + length; i++) {
      if (!isContinuation(bytes[i])) {
        return 0;
      }
    }
    return length;
  }

  private static boolean isSecond(int first, int second) {
    int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    int most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    return second >= least && second <= most;
  }

  private static boolean isContinuation(byte b) {
    return (b & 0xc0) == 0x80;
  }
}
