package io.riffle.merge.state;

import java.nio.ByteBuffer;

/** A load of a file, as key of its totals: 12 bytes, big-endian. */
public record AttemptKey(long file, int attempt) {

  public byte[] toBytes() {
    return ByteBuffer.allocate(Long.BYTES + Integer.BYTES).putLong(file).putInt(attempt).array();
  }
}
