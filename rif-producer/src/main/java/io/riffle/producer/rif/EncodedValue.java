package io.riffle.producer.rif;

import java.util.Arrays;

/**
 * Avro binary within a buffer that belongs to the reader and is overwritten by the next record. The
 * bytes in front of {@link #from}, as many as the reader was told to reserve, may be written by the
 * receiver.
 */
public final class EncodedValue {

  private final byte[] buffer;
  private final int from;
  private final int to;

  EncodedValue(byte[] buffer, int from, int to) {
    this.buffer = buffer;
    this.from = from;
    this.to = to;
  }

  public byte[] buffer() {
    return buffer;
  }

  /** First byte of the Avro binary. */
  public int from() {
    return from;
  }

  /** The byte after its last one. */
  public int to() {
    return to;
  }

  /** A copy that starts {@code room} bytes in front of the Avro binary. */
  public byte[] copyWithRoom(int room) {
    return Arrays.copyOfRange(buffer, from - room, to);
  }
}
