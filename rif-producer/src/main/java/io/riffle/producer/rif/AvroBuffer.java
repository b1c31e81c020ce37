package io.riffle.producer.rif;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Avro binary being written. Room is asked for once per row, not per field. */
final class AvroBuffer {

  /** Most bytes of an Avro long. */
  static final int MAX_LONG = 10;

  /** Bytes that are copied without a look at their number. */
  static final int SHORT = 2 * Long.BYTES;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private static final VarHandle NUMBER =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

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

  /** Avro bytes or an Avro string. Needs room for {@value #SHORT} bytes more. */
  void writeBytes(byte[] from, int start, int end) {
    int length = end - start;
    writeLong(length);
    if (length <= SHORT && start + SHORT <= from.length) {
      copyShort(from, start);
      position += length;
    } else {
      copy(from, start, end);
    }
  }

  /** Avro bytes or an Avro string of up to {@value #SHORT} bytes; as many are read and written. */
  void writeShort(byte[] from, int start, int length) {
    int at = position;
    bytes[at] = (byte) (length << 1);
    WORD.set(bytes, at + 1, (long) WORD.get(from, start));
    WORD.set(bytes, at + 1 + Long.BYTES, (long) WORD.get(from, start + Long.BYTES));
    position = at + 1 + length;
  }

  /**
   * The same behind the branch of an optional value; for no bytes the branch of null, which is the
   * same byte as an empty text.
   */
  void writeOptionalShort(byte[] from, int start, int length, int branch) {
    int at = position;
    int present = -length >>> 31;
    bytes[at] = (byte) (present * branch);
    bytes[at + present] = (byte) (length << 1);
    WORD.set(bytes, at + present + 1, (long) WORD.get(from, start));
    WORD.set(bytes, at + present + 1 + Long.BYTES, (long) WORD.get(from, start + Long.BYTES));
    position = at + present + 1 + length;
  }

  /** A number as Avro bytes: two's complement, the highest byte first, as few as it needs. */
  void writeUnscaled(long value) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(value ^ (value >> 63));
    int length = bits / Byte.SIZE + 1;
    bytes[position] = (byte) (length << 1);
    NUMBER.set(bytes, position + 1, value << (Long.SIZE - length * Byte.SIZE));
    position += 1 + length;
  }

  /** Two words are written whatever the length: most texts are short, and a call costs more. */
  private void copyShort(byte[] from, int start) {
    WORD.set(bytes, position, (long) WORD.get(from, start));
    WORD.set(bytes, position + Long.BYTES, (long) WORD.get(from, start + Long.BYTES));
  }

  /** Bytes as they are. */
  void copy(byte[] from, int start, int end) {
    System.arraycopy(from, start, bytes, position, end - start);
    position += end - start;
  }
}
