package io.riffle.sink.staging;

/** A value cannot be told from what the event says; without its values. */
final class UnreadableValueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String column;

  UnreadableValueException(String column) {
    super("column " + column, null, false, false);
    this.column = column;
  }

  String column() {
    return column;
  }
}
