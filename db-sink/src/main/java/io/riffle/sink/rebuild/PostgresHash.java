package io.riffle.sink.rebuild;

/**
 * {@code hashint8extended} of Postgres, by which hash partitioning places rows, so that it is the
 * same in every version: checksums can be computed here and there.
 */
final class PostgresHash {
  private static final int START = 0x9e3779b9 + Integer.BYTES + 3_923_095;

  private PostgresHash() {}

  static long of(long value, long seed) {
    int high = (int) (value >>> 32);
    int word = (int) value ^ (value >= 0 ? high : ~high);
    int a = START;
    int b = START;
    int c = START;
    if (seed != 0) {
      a += (int) (seed >>> 32);
      b += (int) seed;
      a = (a - c) ^ Integer.rotateLeft(c, 4);
      c += b;
      b = (b - a) ^ Integer.rotateLeft(a, 6);
      a += c;
      c = (c - b) ^ Integer.rotateLeft(b, 8);
      b += a;
      a = (a - c) ^ Integer.rotateLeft(c, 16);
      c += b;
      b = (b - a) ^ Integer.rotateLeft(a, 19);
      a += c;
      c = (c - b) ^ Integer.rotateLeft(b, 4);
      b += a;
    }
    return ending(a + word, b, c);
  }

  private static long ending(int first, int second, int third) {
    int a = first;
    int b = second;
    int c = (third ^ b) - Integer.rotateLeft(b, 14);
    a = (a ^ c) - Integer.rotateLeft(c, 11);
    b = (b ^ a) - Integer.rotateLeft(a, 25);
    c = (c ^ b) - Integer.rotateLeft(b, 16);
    a = (a ^ c) - Integer.rotateLeft(c, 4);
    b = (b ^ a) - Integer.rotateLeft(a, 14);
    c = (c ^ b) - Integer.rotateLeft(b, 24);
    return ((long) b << 32) | (c & 0xFFFFFFFFL);
  }
}
