package io.riffle.sink.rebuild;

import io.riffle.sink.copy.RowBlocks;

/**
 * Rows of each table and the sum, without carry, of a hash of what identifies each: whatever their
 * order, equal rows give equal sums.
 */
final class TableSums {
  private static final int SECOND_FIELD = Short.BYTES + Integer.BYTES + Long.BYTES;

  private final long[] rows;
  private final long[] sums;

  TableSums(int tables) {
    this(new long[tables], new long[tables]);
  }

  TableSums(long[] rows, long[] sums) {
    this.rows = rows;
    this.sums = sums;
  }

  int tables() {
    return rows.length;
  }

  long rows(int table) {
    return rows[table];
  }

  long sum(int table) {
    return sums[table];
  }

  void add(int table, long manyRows, long hash) {
    rows[table] += manyRows;
    sums[table] += hash;
  }

  void add(TableSums other) {
    for (int table = 0; table < rows.length; table++) {
      add(table, other.rows[table], other.sums[table]);
    }
  }

  /** The rows of some records, as they are copied. */
  void add(RowBlocks blocks, int firstRecord, int endRecord, RecordFacts facts) {
    for (int record = firstRecord; record < endRecord; record++) {
      boolean delete = facts.isDelete(record);
      add(delete ? blocks.tables() - 1 : 0, 1, facts.hash(record));
    }
    for (int table = 1; table < blocks.tables() - 1; table++) {
      byte[] bytes = blocks.array(table);
      int end = blocks.start(table, endRecord);
      int at = blocks.start(table, firstRecord);
      while (at < end) {
        add(table, 1, childHash(bytes, at));
        at = behindRow(bytes, at);
      }
    }
  }

  /** Of the parent's key and, where it is a number or a day, the field that follows it. */
  private static long childHash(byte[] bytes, int row) {
    long key = number(bytes, row + Short.BYTES + Integer.BYTES, Long.BYTES);
    int length = (int) number(bytes, row + SECOND_FIELD, Integer.BYTES);
    boolean isNumber = length == Short.BYTES || length == Integer.BYTES;
    long second = isNumber ? number(bytes, row + SECOND_FIELD + Integer.BYTES, length) : 0;
    return PostgresHash.of(key, second);
  }

  private static int behindRow(byte[] bytes, int row) {
    int fields = (int) number(bytes, row, Short.BYTES);
    int at = row + Short.BYTES;
    for (int field = 0; field < fields; field++) {
      int length = (int) number(bytes, at, Integer.BYTES);
      at += Integer.BYTES + Math.max(0, length);
    }
    return at;
  }

  private static long number(byte[] bytes, int at, int length) {
    long value = bytes[at]; // the sign
    for (int i = 1; i < length; i++) {
      value = (value << 8) | (bytes[at + i] & 0xFF);
    }
    return value;
  }
}
