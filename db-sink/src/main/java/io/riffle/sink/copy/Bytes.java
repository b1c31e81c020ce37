package io.riffle.sink.copy;

/**
 * Bytes that nobody changes and nobody prints: they are health data. Callers must not write to the
 * array.
 */
public final class Bytes {
  /** For what has no bytes. */
  public static final Bytes NONE = new Bytes(new byte[0]);

  private final byte[] array;

  private Bytes(byte[] array) {
    this.array = array;
  }

  /** Wraps the array without a copy; null gives {@link #NONE}. */
  public static Bytes of(byte[] array) {
    return array == null ? NONE : new Bytes(array);
  }

  /** The wrapped array itself. */
  public byte[] array() {
    return array;
  }

  public int length() {
    return array.length;
  }

  @Override
  public String toString() {
    return array.length + " bytes";
  }
}
