package io.riffle.sink.rebuild;

import io.riffle.sink.copy.RowVersion;
import java.util.Arrays;

/** What is known of the records of a chunk beside their rows; used again after {@link #clear}. */
final class RecordFacts {
  private long[] offsets = new long[1024];
  private long[] hashes = new long[1024];
  private boolean[] deletes = new boolean[1024];
  private int size;

  /** A row and what is in its children. */
  static long hash(long key, RowVersion version, long linesHash) {
    long seed = PostgresHash.of(linesHash, version.generation());
    return PostgresHash.of(key, PostgresHash.of(version.offset(), seed));
  }

  void add(long offset, long hash, boolean delete) {
    if (size == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * size);
      hashes = Arrays.copyOf(hashes, 2 * size);
      deletes = Arrays.copyOf(deletes, 2 * size);
    }
    offsets[size] = offset;
    hashes[size] = hash;
    deletes[size] = delete;
    size++;
  }

  long offset(int record) {
    return offsets[record];
  }

  long hash(int record) {
    return hashes[record];
  }

  boolean isDelete(int record) {
    return deletes[record];
  }

  void clear() {
    size = 0;
  }
}
