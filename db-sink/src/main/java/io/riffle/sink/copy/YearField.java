package io.riffle.sink.copy;

/** Copies a person's reference year and remembers it. */
final class YearField implements FieldCopier {
  /** The value of a year that is null. */
  static final int NONE = -1;

  private final FieldCopier numeric;
  private int year = NONE;

  YearField(FieldCopier numeric) {
    this.numeric = numeric;
  }

  @Override
  public void copy(AvroCursor in, RowBuffer out) throws MalformedValueException {
    int start = out.length();
    numeric.copy(in, out);
    year = out.intAt(start) < 0 ? NONE : NumericField.readSmall(out, start);
  }

  /** From 0 to 9999, or {@link #NONE}. */
  int year() {
    return year;
  }
}
