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

  void putShort(int value) {
    SHORT.set(bytes, grow(Short.BYTES), (short) value);
  }

  void putInt(int value) {
    INT.set(bytes, grow(Integer.BYTES), value);
  }

  void putLong(long value) {
    LONG.set(bytes, grow(Long.BYTES), value);
  }

  void putBytes(byte[] from, int start, int count) {
    System.arraycopy(from, start, bytes, grow(count), count);
  }

  /** The long that was put last. */
  long lastLong() {
    return (long) LONG.get(bytes, length - Long.BYTES);
  }

  Bytes toBytes() {
    return Bytes.of(Arrays.copyOf(bytes, length));
  }

  private int grow(int count) {
    int start = length;
    length = Math.addExact(length, count);
    if (length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length, Math.multiplyExact(bytes.length, 2)));
    }
    return start;
  }
}
