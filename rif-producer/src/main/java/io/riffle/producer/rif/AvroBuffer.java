package io.riffle.producer.rif;

import java.util.Arrays;

/** Avro binary being written. Room is asked for once per row, not per field. */
final class AvroBuffer {

  /** Most bytes of an Avro long. */
  static final int MAX_LONG = 10;

  byte[] bytes;
  int position;

  AvroBuffer(int capacity) {
    this.bytes = new byte[capacity];
  }

  /** Makes sure that {@code count} more bytes fit. */
  void ensure(int count) {
    int needed = Math.addExact(position, count);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
    }
  }

  void writeByte(int value) {
    bytes[position++] = (byte) value;
  }

  /** An Avro int or long. */
  void writeLong(long value) {
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7fL) != 0) {
      bytes[position++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[position++] = (byte) rest;
  }

  /** Avro bytes or an Avro string. */
  void writeBytes(byte[] from, int start, int end) {
    writeLong(end - start);
    copy(from, start, end);
  }

  /** Bytes as they are. */
  void copy(byte[] from, int start, int end) {
    System.arraycopy(from, start, bytes, position, end - start);
    position += end - start;
  }
}
