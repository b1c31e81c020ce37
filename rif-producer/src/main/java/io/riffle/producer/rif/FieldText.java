package io.riffle.producer.rif;

/**
 * The text of one field after another: without its quotes, and without a backslash in front of a
 * separator. Stays in the row's bytes where it can.
 */
final class FieldText {

  private byte[] scratch = new byte[256];

  byte[] bytes = scratch;
  int from;
  int to;

  /** Takes the text of a field that the row has. */
  void select(byte[] row, RowScanner rows, int field) {
    bytes = row;
    from = rows.fieldStart(field);
    to = rows.fieldEnd(field);
    if (rows.hasMarks() && from < to) {
      unwrap(field + 1 < rows.fields(), !rows.unclosed);
    }
  }

  int length() {
    return to - from;
  }

  private void unwrap(boolean beforeSeparator, boolean quoting) {
    if (beforeSeparator && bytes[to - 1] == '\\') {
      to--;
    }
    if (quoting && from < to && bytes[from] == '"') {
      from++;
      to--;
      if (hasEscapes()) {
        copyWithoutEscapes();
      }
    }
  }

  private boolean hasEscapes() {
    for (int i = from; i < to; i++) {
      if (isEscape(i)) {
        return true;
      }
    }
    return false;
  }

  /** A quote within quotes comes twice; the backslash of {@code \|} means nothing. */
  private boolean isEscape(int i) {
    return bytes[i] == '"' || (bytes[i] == '\\' && i + 1 < to && bytes[i + 1] == '|');
  }

  private void copyWithoutEscapes() {
    if (scratch.length < to - from) {
      scratch = new byte[Math.max(to - from, scratch.length * 2)];
    }
    int length = 0;
    for (int i = from; i < to; i++) {
      i += isEscape(i) ? 1 : 0;
      scratch[length++] = bytes[i];
    }
    bytes = scratch;
    from = 0;
    to = length;
  }
}
