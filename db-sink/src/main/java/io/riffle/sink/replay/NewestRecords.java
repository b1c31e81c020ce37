package io.riffle.sink.replay;

import java.util.Arrays;

/**
 * The offset of the newest record of each key, of records seen in the order of their offsets. Some
 * 32 bytes a key. No I/O.
 */
final class NewestRecords {
  private static final int SMALLEST = 1 << 10;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private long[] keys = new long[SMALLEST];

  /** One more than the offset; 0 where there is no key. */
  private long[] ends = new long[SMALLEST];

  private int size;

  void saw(long key, long offset) {
    if (size >= ends.length / 2) {
      grow();
    }
    put(key, offset + 1);
  }

  /** All of them, ascending. */
  long[] offsets() {
    return Arrays.stream(ends).filter(end -> end > 0).map(end -> end - 1).sorted().toArray();
  }

  private void put(long key, long end) {
    int at = slot(key);
    while (ends[at] != 0 && keys[at] != key) {
      at = (at + 1) & (ends.length - 1);
    }
    size += ends[at] == 0 ? 1 : 0;
    keys[at] = key;
    ends[at] = end;
  }

  /** Keys of a type often follow each other: the upper bits of the product tell them apart. */
  private int slot(long key) {
    return (int) ((key * MIX) >>> 32) & (ends.length - 1);
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldEnds = ends;
    keys = new long[Math.multiplyExact(oldKeys.length, 2)];
    ends = new long[keys.length];
    size = 0;
    for (int i = 0; i < oldEnds.length; i++) {
      if (oldEnds[i] != 0) {
        put(oldKeys[i], oldEnds[i]);
      }
    }
  }
}
