package io.riffle.sink.copy;

import org.apache.avro.Schema;

/**
 * How the items of one array of a record become rows of a child table. One thread at a time: the
 * buffer is reused.
 */
abstract class ChildPlan {
  private final RowBuffer rows = new RowBuffer();

  /**
   * Copies the array the cursor stands at.
   *
   * @param key the record's key, first column of every row
   * @param record the record's own row so far; a child may append to it
   */
  Bytes rows(AvroCursor in, long key, RowBuffer record) throws MalformedValueException {
    rows.clear();
    append(in, key, record, rows);
    return rows.toBytes();
  }

  /** The same, to the end of other rows. */
  void append(AvroCursor in, long key, RowBuffer record, RowBuffer out)
      throws MalformedValueException {
    for (int count = in.readBlock(); count > 0; count = in.readBlock()) {
      for (int i = 0; i < count; i++) {
        copyItem(in, key, record, out);
      }
    }
  }

  /** Copies one item: none, one or more rows. */
  abstract void copyItem(AvroCursor in, long key, RowBuffer record, RowBuffer out)
      throws MalformedValueException;

  static void startRow(int columns, long key, RowBuffer out) {
    out.putShort(columns);
    out.putInt(Long.BYTES);
    out.putLong(key);
  }

  /**
   * The record schema of an array's items.
   *
   * @throws UnknownLayoutException when the field is not the array of that name
   */
  static Schema itemsOf(Schema.Field field, String name) {
    if (!field.name().equals(name)
        || field.schema().getType() != Schema.Type.ARRAY
        || field.schema().getElementType().getType() != Schema.Type.RECORD) {
      throw new UnknownLayoutException("a record has " + field.name() + " in place of its " + name);
    }
    return field.schema().getElementType();
  }
}
