package io.riffle.producer.rif;

import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.EmptyRule;
import io.riffle.schemas.layout.Role;
import java.math.BigInteger;
import java.util.stream.IntStream;

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

  final PlainForm plain;

  /** Fewest bytes of a text that is plain. */
  final int leastPlain;

  /** Most bytes of a text that is plain: they cannot be too many characters. */
  final int mostPlain;

  /** By how much numbers with a scale from 0 to the column's are multiplied; of amounts only. */
  final long[] powers;

  /** What the unscaled value of an amount is below; of amounts only. */
  final long bound;

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
    this.plain = PlainForm.of(this);
    this.leastPlain = empty == EmptyRule.ERROR ? 1 : 0;
    this.mostPlain = Math.min(form == FieldForm.CHARACTER ? 1 : length, AvroBuffer.SHORT);
    this.powers = plain == PlainForm.AMOUNT ? powers() : new long[0];
    this.bound = plain == PlainForm.AMOUNT ? powerOfTen(precision) : 0;
  }

  private long[] powers() {
    return IntStream.rangeClosed(0, scale).mapToLong(s -> powerOfTen(scale - s)).toArray();
  }

  private static long powerOfTen(int exponent) {
    return BigInteger.TEN.pow(exponent).longValueExact();
  }

  /** A MERGE record says nothing about a line without the line's key. */
  private static boolean isNeeded(Column column) {
    return column.required() || column.role() == Role.LINE_KEY;
  }
}
