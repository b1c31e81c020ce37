package io.riffle.sink.rebuild;

import java.util.Arrays;

/**
 * The position of the last record of each key, without an object per key: 12 bytes for each of its
 * slots, of which at most three in four are used.
 */
final class LastOffsets {
  static final int NONE = -1;

  private long[] keys;
  private int[] positions; // NONE: the slot is free
  private int size;

  LastOffsets() {
    allocate(1024);
  }

  private void allocate(int slots) {
    keys = new long[slots];
    positions = new int[slots];
    Arrays.fill(positions, NONE);
  }

  int size() {
    return size;
  }

  /** The key's position, or {@link #NONE}. */
  int get(long key) {
    return positions[slot(key)];
  }

  /** Gives the position that the key had, or {@link #NONE}. */
  int put(long key, int position) {
    int slot = slot(key);
    int before = positions[slot];
    keys[slot] = key;
    positions[slot] = position;
    if (before == NONE && ++size > positions.length / 4 * 3) {
      grow();
    }
    return before;
  }

  /** The slot of the key, or the free one where it would be. */
  private int slot(long key) {
    int mask = positions.length - 1;
    int slot = (int) (mixed(key) & mask);
    while (positions[slot] != NONE && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** Keys often follow each other; the multiplier is that of Fibonacci hashing. */
  private static long mixed(long key) {
    long product = key * 0x9E3779B97F4A7C15L;
    return product ^ (product >>> 32);
  }

  private void grow() {
    if (positions.length == 1 << 30) {
      throw new RebuildException("more than 800 million keys in a partition");
    }
    long[] oldKeys = keys;
    int[] oldPositions = positions;
    allocate(2 * oldPositions.length);
    for (int i = 0; i < oldPositions.length; i++) {
      if (oldPositions[i] != NONE) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        positions[slot] = oldPositions[i];
      }
    }
  }
}
