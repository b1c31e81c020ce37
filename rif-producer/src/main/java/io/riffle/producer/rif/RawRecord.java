package io.riffle.producer.rif;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The bytes of the record being read, up to a limit, should it be rejected. They are copied only
 * when the window moves on within a record.
 */
final class RawRecord {

  private final RowWindow window;
  private final int maxRaw;
  private byte[] kept = new byte[0];
  private int keptLength;
  private int from;
  private long first;

  RawRecord(RowWindow window, ReadLimits limits) {
    this.window = window;
    this.maxRaw = limits.raw();
  }

  /** A record starts here in the window. */
  void start(int at) {
    keptLength = 0;
    from = at;
    first = window.offsetOf(at);
  }

  /** Copies what the window is about to drop. */
  void keep(int to) {
    int count = Math.min(to - from, maxRaw - keptLength);
    if (keptLength + count > kept.length) {
      kept = Arrays.copyOf(kept, Math.min(maxRaw, 2 * (keptLength + count)));
    }
    System.arraycopy(window.bytes, from, kept, keptLength, count);
    keptLength += count;
    from = to;
  }

  /** The window dropped its first bytes, those that were kept. */
  void moved() {
    from = 0;
  }

  /** Length of the record up to a place in the window, what is not kept included. */
  long length(int to) {
    return window.offsetOf(to) - first;
  }

  /** A copy of the record's bytes up to a place in the window. */
  ByteBuffer copy(int to) {
    int count = Math.min(to - from, maxRaw - keptLength);
    byte[] copy = Arrays.copyOf(kept, keptLength + count);
    System.arraycopy(window.bytes, from, copy, keptLength, count);
    return ByteBuffer.wrap(copy);
  }
}
