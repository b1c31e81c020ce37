package io.riffle.producer.rif;

import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.EmptyRule;
import io.riffle.schemas.layout.Role;

/**
 * A column and where a row has it. Plain fields, for the reader looks at them for each field of
 * each row.
 */
final class PlannedColumn {

  final Column column;

  /** Position in the row, from 0. */
  final int field;

  final FieldForm form;

  /** What an empty field becomes, MERGE files considered. */
  final EmptyRule empty;

  final boolean nullable;

  /** Whether it numbers lines that must differ within a record; a year is alone in its record. */
  final boolean isLineKey;

  final int length;
  final int precision;
  final int scale;

  PlannedColumn(Column column, int field, boolean merge) {
    this.column = column;
    this.field = field;
    this.form = FieldForm.of(column);
    this.empty = merge && isNeeded(column) ? EmptyRule.ERROR : column.empty();
    this.nullable = !column.required();
    this.isLineKey = column.role() == Role.LINE_KEY && form != FieldForm.YEAR;
    this.length = column.length();
    this.precision = column.precision();
    this.scale = column.scale();
  }

  /** A MERGE record says nothing about a line without the line's key. */
  private static boolean isNeeded(Column column) {
    return column.required() || column.role() == Role.LINE_KEY;
  }
}
