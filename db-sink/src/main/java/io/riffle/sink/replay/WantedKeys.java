package io.riffle.sink.replay;

import java.util.Arrays;

/** The keys that a replay is limited to, or all. */
final class WantedKeys {
  private final long[] sorted;

  private WantedKeys(long[] sorted) {
    this.sorted = sorted;
  }

  static WantedKeys all() {
    return new WantedKeys(null);
  }

  static WantedKeys of(long[] keys) {
    long[] sorted = keys.clone();
    Arrays.sort(sorted);
    return new WantedKeys(sorted);
  }

  boolean has(long key) {
    return sorted == null || Arrays.binarySearch(sorted, key) >= 0;
  }
}
