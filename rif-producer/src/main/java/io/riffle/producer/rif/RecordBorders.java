package io.riffle.producer.rif;

import java.util.Arrays;

/**
 * Tells which rows start a record. Rows that follow each other with the same text in the key column
 * are one record, where rows are lines; a row without key text is a record of its own.
 */
final class RecordBorders {

  private final boolean joinsRows;
  private final int keyField;
  private final FieldText text = new FieldText();
  private byte[] key = new byte[32];
  private int keyLength;

  RecordBorders(HeaderPlan plan) {
    this.joinsRows = plan.joinsRows();
    this.keyField = plan.key().field;
  }

  /** Forgets the row before, at the start of a split. */
  void restart() {
    keyLength = 0;
  }

  /** Whether the row is not of the same record as the row before. */
  boolean startsRecord(byte[] bytes, RowScanner rows) {
    if (!joinsRows) {
      return true;
    } else if (keyField >= rows.fields()) {
      keyLength = 0;
      return true;
    }
    text.select(bytes, rows, keyField);
    return !isSameKey() && remember();
  }

  private boolean isSameKey() {
    return keyLength > 0 && Arrays.equals(key, 0, keyLength, text.bytes, text.from, text.to);
  }

  private boolean remember() {
    keyLength = isBlank(text) ? 0 : text.length();
    if (keyLength > key.length) {
      key = new byte[Math.max(keyLength, key.length * 2)];
    }
    System.arraycopy(text.bytes, text.from, key, 0, keyLength);
    return true;
  }

  /** Whether a text is empty or nothing but blanks and control characters. */
  static boolean isBlank(FieldText text) {
    for (int i = text.from; i < text.to; i++) {
      if (text.bytes[i] < 0 || text.bytes[i] > ' ') {
        return false;
      }
    }
    return true;
  }
}
