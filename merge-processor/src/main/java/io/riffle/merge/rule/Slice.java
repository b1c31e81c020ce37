package io.riffle.merge.rule;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A value as encoded bytes within a larger array, which must not change any more. Equal when the
 * bytes are equal; {@code toString} shows the length only, values are health data.
 */
public final class Slice {
  private final byte[] array;
  private final int start;
  private final int length;

  /** The {@code length} bytes from {@code start}. */
  public Slice(byte[] array, int start, int length) {
    if (start < 0 || length < 0 || start > array.length - length) {
      throw new IndexOutOfBoundsException(start + "+" + length + " of " + array.length);
    }
    this.array = array;
    this.start = start;
    this.length = length;
  }

  /** All bytes of an array. */
  public static Slice of(byte[] array) {
    return new Slice(array, 0, array.length);
  }

  public int length() {
    return length;
  }

  /** Copies the bytes to {@code into} at {@code at}. */
  public void copyTo(byte[] into, int at) {
    System.arraycopy(array, start, into, at, length);
  }

  /** A copy of the bytes. */
  public byte[] toBytes() {
    return Arrays.copyOfRange(array, start, start + length);
  }

  /** A read-only view of the bytes. */
  public ByteBuffer toBuffer() {
    return ByteBuffer.wrap(array, start, length).slice().asReadOnlyBuffer();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Slice that
        && Arrays.equals(
            array, start, start + length, that.array, that.start, that.start + that.length);
  }

  @Override
  public int hashCode() {
    return toBuffer().hashCode();
  }

  @Override
  public String toString() {
    return "Slice[" + length + " bytes]";
  }
}
