package io.riffle.sink.rebuild;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Offsets of a range, a bit for each. */
final class OffsetSet {
  private final long from;
  private final long[] words;

  OffsetSet(long from, long to) {
    this(from, new long[Math.toIntExact((to - from + Long.SIZE - 1) / Long.SIZE)]);
  }

  private OffsetSet(long from, long[] words) {
    this.from = from;
    this.words = words;
  }

  /** As {@link #toBytes} wrote it. */
  static OffsetSet of(long from, byte[] bytes) {
    long[] words = new long[bytes.length / Long.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.BIG_ENDIAN).asLongBuffer().get(words);
    return new OffsetSet(from, words);
  }

  byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(words.length * Long.BYTES).order(ByteOrder.BIG_ENDIAN);
    bytes.asLongBuffer().put(words);
    return bytes.array();
  }

  void add(long offset) {
    long position = offset - from;
    words[(int) (position / Long.SIZE)] |= 1L << position;
  }

  void remove(long offset) {
    long position = offset - from;
    words[(int) (position / Long.SIZE)] &= ~(1L << position);
  }

  boolean contains(long offset) {
    long position = offset - from;
    return (words[(int) (position / Long.SIZE)] & (1L << position)) != 0;
  }

  long size() {
    long size = 0;
    for (long word : words) {
      size += Long.bitCount(word);
    }
    return size;
  }

  /** Those that the other one, of the same range, has not. */
  OffsetSet without(OffsetSet other) {
    long[] left = words.clone();
    for (int i = 0; i < left.length; i++) {
      left[i] &= ~other.words[i];
    }
    return new OffsetSet(from, left);
  }
}
