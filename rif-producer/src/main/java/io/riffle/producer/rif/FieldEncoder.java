package io.riffle.producer.rif;

import io.riffle.producer.hash.HashCache;
import io.riffle.producer.hash.TextHashes;
import io.riffle.schemas.avro.FieldSchemas;
import io.riffle.schemas.control.RejectReason;
import io.riffle.schemas.layout.EmptyRule;

/** Writes the text of a field as the Avro value of its column. */
final class FieldEncoder {

  private final AvroBuffer out;
  private final TextHashes hashes;
  private final WholeNumber number = new WholeNumber();
  private final DecimalNumber decimal = new DecimalNumber();

  FieldEncoder(AvroBuffer out, TextHashes hashes) {
    this.out = out;
    this.hashes = hashes;
  }

  /** Most bytes that a field of a column takes beyond its text, which counts once per row. */
  static int overhead(PlannedColumn column) {
    int again =
        column.form == FieldForm.HASH
            ? HashCache.DIGITS
            : column.column.derived() ? Utf8.MAX_LENGTH * column.length : 0;
    return 2 + AvroBuffer.MAX_LONG + AvroBuffer.SHORT + column.precision + again;
  }

  /** The whole number that was written last. */
  long wholeNumber() {
    return number.value;
  }

  /** Writes one field; null when that went well, else what is wrong with it. */
  RejectReason write(PlannedColumn column, byte[] bytes, int from, int to) {
    if (from == to) {
      return writeEmpty(column);
    }
    if (column.nullable) {
      out.writeLong(FieldSchemas.VALUE_BRANCH);
    }
    return switch (column.form) {
      case STRING -> writeString(column, bytes, from, to);
      case HASH -> writeHash(bytes, from, to);
      case CHARACTER -> writeCharacter(bytes, from, to);
      case DATE -> writeDate(bytes, from, to);
      case BOUNDED -> decimal.writeBounded(bytes, from, to, column, out);
      case UNBOUNDED -> decimal.writeText(bytes, from, to, out);
      case YEAR -> writeYear(column, bytes, from, to);
      case LONG -> writeWhole(bytes, from, to, Long.MIN_VALUE, Long.MAX_VALUE);
      case INT -> writeWhole(bytes, from, to, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case SHORT -> writeWhole(bytes, from, to, Short.MIN_VALUE, Short.MAX_VALUE);
      case ACTION -> throw new IllegalStateException("not written as it stands");
    };
  }

  private RejectReason writeEmpty(PlannedColumn column) {
    if (column.empty == EmptyRule.ERROR) {
      return RejectReason.MISSING;
    } else if (column.empty == EmptyRule.ZERO) {
      writeZero(column);
    } else {
      // An empty text and the branch of null are the same byte.
      out.writeByte(FieldSchemas.NULL_BRANCH);
    }
    return null;
  }

  private void writeZero(PlannedColumn column) {
    number.value = 0;
    switch (column.form) {
      case UNBOUNDED -> writeDigit('0');
      case BOUNDED -> writeDigit(0);
      default -> out.writeLong(0);
    }
  }

  private void writeDigit(int digit) {
    out.writeLong(1);
    out.writeByte(digit);
  }

  private RejectReason writeString(PlannedColumn column, byte[] bytes, int from, int to) {
    if (to - from > column.length && Utf8.characters(bytes, from, to) > column.length) {
      return RejectReason.TOO_LONG;
    }
    out.writeBytes(bytes, from, to);
    return null;
  }

  private RejectReason writeHash(byte[] bytes, int from, int to) {
    out.writeBytes(hashes.of(bytes, from, to), 0, HashCache.DIGITS);
    return null;
  }

  private RejectReason writeCharacter(byte[] bytes, int from, int to) {
    if (to - from > 1 && Utf8.characters(bytes, from, to) > 1) {
      return RejectReason.NOT_ONE_CHARACTER;
    }
    out.writeBytes(bytes, from, to);
    return null;
  }

  private RejectReason writeDate(byte[] bytes, int from, int to) {
    int day = CalendarDate.read(bytes, from, to);
    if (day == CalendarDate.NONE) {
      return RejectReason.NOT_A_DATE;
    }
    out.writeLong(day);
    return null;
  }

  private RejectReason writeYear(PlannedColumn column, byte[] bytes, int from, int to) {
    RejectReason wrong = decimal.writeBounded(bytes, from, to, column, out);
    return wrong == null && decimal.isNegative() ? RejectReason.OUT_OF_RANGE : wrong;
  }

  private RejectReason writeWhole(byte[] bytes, int from, int to, long least, long most) {
    RejectReason wrong = number.read(bytes, from, to);
    if (wrong != null) {
      return wrong;
    } else if (number.value < least || number.value > most) {
      return RejectReason.OUT_OF_RANGE;
    }
    out.writeLong(number.value);
    return null;
  }
}
