package io.riffle.producer.rif;

import io.riffle.schemas.avro.FieldSchemas;

/**
 * Writes fields that look as most do: short texts, and decimals of up to eight characters. Hardly
 * anything here branches on what a field says, for a branch that cannot be foreseen costs as much
 * as a field. Whatever is out of the common, right or wrong, is left to {@link FieldEncoder}.
 */
final class PlainFields {

  /** The branch of a value as Avro writes it. */
  private static final int VALUE = FieldSchemas.VALUE_BRANCH << 1;

  private final AvroBuffer out;
  private final ShortDecimal decimal = new ShortDecimal();

  PlainFields(AvroBuffer out) {
    this.out = out;
  }

  /** Writes a field without quotes and escapes; false, and nothing written, if it is not plain. */
  boolean write(PlannedColumn column, byte[] bytes, int from, int to) {
    return switch (column.plain) {
      case TEXT -> writeText(column, bytes, from, to);
      case OPTIONAL_TEXT -> writeOptionalText(column, bytes, from, to);
      case AMOUNT -> writeAmount(column, bytes, from, to);
      case NUMBER -> writeNumber(column, bytes, from, to);
      case NONE -> false;
    };
  }

  private boolean writeText(PlannedColumn column, byte[] bytes, int from, int to) {
    if (!isPlain(column, bytes, from, to)) {
      return false;
    }
    out.writeShort(bytes, from, to - from);
    return true;
  }

  /** An empty text and the branch of null are the same byte: one of the two is taken back. */
  private boolean writeOptionalText(PlannedColumn column, byte[] bytes, int from, int to) {
    if (!isPlain(column, bytes, from, to)) {
      return false;
    }
    out.writeOptionalShort(bytes, from, to - from, VALUE);
    return true;
  }

  private static boolean isPlain(PlannedColumn column, byte[] bytes, int from, int to) {
    int length = to - from;
    return length >= column.leastPlain
        && length <= column.mostPlain
        && from + AvroBuffer.SHORT <= bytes.length;
  }

  private boolean writeAmount(PlannedColumn column, byte[] bytes, int from, int to) {
    int negative = from < to && bytes[from] == '-' ? 1 : 0;
    if (!decimal.read(bytes, from + negative, to) || decimal.scale > column.scale) {
      return false;
    }
    long value = decimal.unscaled * column.powers[decimal.scale];
    if (value >= column.bound) {
      return false;
    }
    writeBranch(column);
    out.writeUnscaled((value ^ -negative) + negative);
    return true;
  }

  /** A number that is in its canonical form is written as it stands. */
  private boolean writeNumber(PlannedColumn column, byte[] bytes, int from, int to) {
    if (!decimal.read(bytes, from, to)
        || !isCanonical(bytes, from, to)
        || from + AvroBuffer.SHORT > bytes.length) {
      return false;
    }
    writeBranch(column);
    out.writeShort(bytes, from, to - from);
    return true;
  }

  private static boolean isCanonical(byte[] bytes, int from, int to) {
    boolean wholeDigit = bytes[from] != '.' && bytes[to - 1] != '.';
    return wholeDigit && (bytes[from] != '0' || to - from == 1 || bytes[from + 1] == '.');
  }

  private void writeBranch(PlannedColumn column) {
    if (column.nullable) {
      out.writeByte(VALUE);
    }
  }
}
