package io.riffle.console.history;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Numbers and texts in a row of bytes, seven bits to the byte, small ones in one. Written from its
 * begin, or read from it.
 */
final class Numbers {
  private static final int FIRST_SIZE = 16 * 1024;
  private static final int SEVEN_BITS = 7;
  private static final int LOW_BITS = 0x7f;
  private static final int MORE = 0x80;

  private byte[] bytes;
  private int place;

  /** To be written. */
  Numbers() {
    this(new byte[FIRST_SIZE]);
  }

  /** To be read. */
  Numbers(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Begins anew. */
  void clear() {
    place = 0;
  }

  byte[] bytes() {
    return bytes;
  }

  /** How many of the bytes are written. */
  int length() {
    return place;
  }

  void put(long number) {
    require(Long.BYTES + 2);
    long rest = number;
    while ((rest & ~LOW_BITS) != 0) {
      bytes[place++] = (byte) ((rest & LOW_BITS) | MORE);
      rest >>>= SEVEN_BITS;
    }
    bytes[place++] = (byte) rest;
  }

  /** Small ones of either sign in one byte. */
  void putSigned(long number) {
    put((number << 1) ^ (number >> (Long.SIZE - 1)));
  }

  void putText(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    put(utf8.length);
    require(utf8.length);
    System.arraycopy(utf8, 0, bytes, place, utf8.length);
    place += utf8.length;
  }

  private void require(int more) {
    if (bytes.length - place < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, place + more));
    }
  }

  long number() throws IOException {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE; shift += SEVEN_BITS) {
      if (place >= bytes.length) {
        throw new EOFException();
      }
      int next = bytes[place++];
      number |= (long) (next & LOW_BITS) << shift;
      if ((next & MORE) == 0) {
        return number;
      }
    }
    throw new IOException("no number");
  }

  long signed() throws IOException {
    long number = number();
    return (number >>> 1) ^ -(number & 1);
  }

  int count(int most) throws IOException {
    long count = number();
    if (count < 0 || count > most) {
      throw new IOException("no count");
    }
    return (int) count;
  }

  String text() throws IOException {
    int length = count(bytes.length - place);
    String text = new String(bytes, place, length, StandardCharsets.UTF_8);
    place += length;
    return text;
  }
}
