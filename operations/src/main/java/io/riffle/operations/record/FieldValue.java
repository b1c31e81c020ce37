package io.riffle.operations.record;

import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.Optional;

/** Values of fields as text, as Postgres spells them. */
final class FieldValue {

  private FieldValue() {}

  /**
   * A decoded value.
   *
   * @param value of the column's Avro type; null is empty
   */
  static Optional<String> text(Column column, Object value) {
    if (value == null) {
      return Optional.empty();
    } else if (column.kind() == Kind.DATE) {
      return Optional.of(LocalDate.ofEpochDay((Integer) value).toString());
    } else if (value instanceof ByteBuffer unscaled) {
      return Optional.of(new BigDecimal(integer(unscaled), column.scale()).toPlainString());
    }
    return Optional.of(value.toString());
  }

  private static BigInteger integer(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return new BigInteger(copy);
  }

  /** Whether two texts are one value of the column; a decimal may be spelled with more zeros. */
  static boolean same(Column column, Optional<String> one, Optional<String> other) {
    if (one.equals(other) || column.kind() != Kind.DECIMAL) {
      return one.equals(other);
    }
    return one.isPresent()
        && other.isPresent()
        && new BigDecimal(one.get()).compareTo(new BigDecimal(other.get())) == 0;
  }
}
