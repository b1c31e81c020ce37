package io.riffle.producer.rif;

import java.io.IOException;
import java.io.InputStream;

/**
 * The part of a file that is in memory: at least the row being read. Starts small, so that it stays
 * in the processor's cache, and grows up to what the longest row needs.
 */
final class RowWindow {

  private final int maxCapacity;

  byte[] bytes;

  /** First byte that is not read yet. */
  int position;

  /** The byte after the last one in the window. */
  int limit;

  /** Whether nothing comes after the window. */
  boolean ended;

  private long offset;

  RowWindow(ReadLimits limits) {
    this.maxCapacity = limits.largestWindow();
    this.bytes = new byte[Math.min(limits.window(), maxCapacity)];
  }

  /** Forgets everything; the next byte is the first one of a file or split. */
  void reset() {
    position = 0;
    limit = 0;
    ended = false;
    offset = 0;
  }

  /** Offset in the file of a place in the window. */
  long offsetOf(int index) {
    return offset + index;
  }

  boolean isFull() {
    return limit == bytes.length;
  }

  /** Drops what was read. When that gives little room, the window grows as far as it may. */
  void makeRoom() {
    int kept = limit - position;
    boolean grows = kept > bytes.length / 2 && bytes.length < maxCapacity;
    byte[] target = grows ? new byte[Math.min(bytes.length * 2, maxCapacity)] : bytes;
    System.arraycopy(bytes, position, target, 0, kept);
    bytes = target;
    offset += position;
    position = 0;
    limit = kept;
  }

  /**
   * Takes as many bytes as there is room for.
   *
   * @return how many
   */
  int put(byte[] from, int start, int end) {
    int count = Math.min(end - start, bytes.length - limit);
    System.arraycopy(from, start, bytes, limit, count);
    limit += count;
    return count;
  }

  /** Fills the window to its capacity, or to the end of the stream. */
  void fill(InputStream in) throws IOException {
    while (!ended && !isFull()) {
      int count = in.read(bytes, limit, bytes.length - limit);
      ended = count < 0;
      limit += Math.max(count, 0);
    }
  }
}
