package io.riffle.producer.rif;

import io.riffle.schemas.layout.EmptyRule;

/** Which of the short ways of {@link PlainFields} may be tried for a column. */
enum PlainForm {
  /** A text of a required column. */
  TEXT,
  /** A text of an optional column: null when empty. */
  OPTIONAL_TEXT,
  /** A decimal of fixed scale. */
  AMOUNT,
  /** A decimal that is kept as text. */
  NUMBER,
  /** None of them. */
  NONE;

  /** So that eight digits of any scale, at the column's scale, fit into a long. */
  private static final int MOST_SCALE = 10;

  static PlainForm of(PlannedColumn column) {
    return switch (column.form) {
      case STRING, CHARACTER -> text(column);
      case BOUNDED ->
          column.precision <= DecimalNumber.LONG_DIGITS && column.scale <= MOST_SCALE
              ? AMOUNT
              : NONE;
      case UNBOUNDED -> NUMBER;
      case ACTION, HASH, YEAR, DATE, LONG, INT, SHORT -> NONE;
    };
  }

  private static PlainForm text(PlannedColumn column) {
    if (!column.nullable) {
      return TEXT;
    }
    return column.empty == EmptyRule.NULL ? OPTIONAL_TEXT : NONE;
  }
}
