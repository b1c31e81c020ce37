package io.riffle.sink.copy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A growing array of big-endian values, as COPY wants them. One thread at a time. */
final class RowBuffer {
  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);

  private byte[] bytes = new byte[1024];
  private int length;

  private static VarHandle view(Class<?> type) {
    return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.BIG_ENDIAN);
  }

  void clear() {
    length = 0;
  }

  int length() {
    return length;
  }

  /** Forgets what stands behind a position. */
  void cut(int position) {
    length = position;
  }

  /** The bytes themselves, which change places when the buffer grows. */
  byte[] array() {
    return bytes;
  }

  void putShort(int value) {
    int at = grow(Short.BYTES);
    SHORT.set(bytes, at, (short) value);
  }

  void putInt(int value) {
    int at = grow(Integer.BYTES);
    INT.set(bytes, at, value);
  }

  void putLong(long value) {
    int at = grow(Long.BYTES);
    LONG.set(bytes, at, value);
  }

  void putBytes(byte[] from, int start, int count) {
    int at = grow(count);
    System.arraycopy(from, start, bytes, at, count);
  }

  /** Appends what stands in another buffer. */
  void putFrom(RowBuffer from, int start, int end) {
    putBytes(from.bytes, start, end - start);
  }

  int shortAt(int position) {
    return (short) SHORT.get(bytes, position);
  }

  long longAt(int position) {
    return (long) LONG.get(bytes, position);
  }

  int intAt(int position) {
    return (int) INT.get(bytes, position);
  }

  /** The long that was put last. */
  long lastLong() {
    return (long) LONG.get(bytes, length - Long.BYTES);
  }

  Bytes toBytes() {
    return Bytes.of(Arrays.copyOf(bytes, length));
  }

  /** Makes room, in another array if need be, and tells where it starts. */
  private int grow(int count) {
    int start = length;
    length = Math.addExact(length, count);
    if (length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length, Math.multiplyExact(bytes.length, 2)));
    }
    return start;
  }
}
