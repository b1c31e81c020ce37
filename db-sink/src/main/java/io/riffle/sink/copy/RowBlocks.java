package io.riffle.sink.copy;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The rows of many records, table by table: the records' own in table 0, those of the children in
 * the order of {@link MergedRow#children}, then those of one table more, of {@link #appendDelete
 * deleted keys}. Where each record starts is known, so that any run of records can be taken. The
 * arrays are used again after {@link #clear}. One thread at a time.
 */
public final class RowBlocks {
  private final RowBuffer[] buffers;
  private int[][] starts = new int[1024][]; // by record, then by table
  private int records;

  /**
   * Empty blocks.
   *
   * @param children how many child tables the records have
   */
  public RowBlocks(int children) {
    buffers =
        IntStream.range(0, children + 2).mapToObj(i -> new RowBuffer()).toArray(RowBuffer[]::new);
  }

  /** How many tables there are, that of the deleted keys among them. */
  public int tables() {
    return buffers.length;
  }

  /** How many records there are. */
  public int records() {
    return records;
  }

  /** Bytes of all rows. */
  public long length() {
    long length = 0;
    for (RowBuffer buffer : buffers) {
      length += buffer.length();
    }
    return length;
  }

  /** The bytes of a table's rows; not to be kept while records are added. */
  public byte[] array(int table) {
    return buffers[table].array();
  }

  /** Where the rows of a record start; for the number of all records, where the last ones end. */
  public int start(int table, int record) {
    return record == records ? buffers[table].length() : starts[record][table];
  }

  /** A key that is deleted, as a row of its type, the key, and the version of the delete. */
  public void appendDelete(byte[] type, long key, RowVersion version) {
    mark();
    RowBuffer row = buffers[buffers.length - 1];
    row.putShort(4);
    row.putInt(type.length);
    row.putBytes(type, 0, type.length);
    row.putInt(Long.BYTES);
    row.putLong(key);
    row.putInt(Integer.BYTES);
    row.putInt(version.generation());
    row.putInt(Long.BYTES);
    row.putLong(version.offset());
  }

  /** Forgets the records and keeps the room. */
  public void clear() {
    for (RowBuffer buffer : buffers) {
      buffer.clear();
    }
    records = 0;
  }

  /** Begins a record. */
  void mark() {
    if (records == starts.length) {
      starts = Arrays.copyOf(starts, 2 * records);
    }
    if (starts[records] == null) {
      starts[records] = new int[buffers.length];
    }
    for (int table = 0; table < buffers.length; table++) {
      starts[records][table] = buffers[table].length();
    }
    records++;
  }

  /** Takes back the record that was begun last. */
  void unmark() {
    records--;
    for (int table = 0; table < buffers.length; table++) {
      buffers[table].cut(starts[records][table]);
    }
  }

  RowBuffer buffer(int table) {
    return buffers[table];
  }
}
