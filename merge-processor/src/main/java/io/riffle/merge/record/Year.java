package io.riffle.merge.record;

import io.riffle.merge.rule.Slice;
import io.riffle.schemas.avro.FieldSchemas;
import java.math.BigInteger;

/** The reference year of a person's months as a line number: an optional decimal of four digits. */
public final class Year {
  /** The number of the line whose year was sent empty: a year of its own, before all others. */
  public static final int NONE = Integer.MIN_VALUE;

  private static final int LAST = 9999;
  private static final int LONGEST = 8; // bytes; a wider encoding of a small number is no error

  private Year() {}

  static int read(AvroInput in) {
    if (!FieldCode.isPresent(in)) {
      return NONE;
    }
    Slice digits = in.readBytes();
    if (digits.length() == 0 || digits.length() > LONGEST) {
      throw new MalformedException("a year of no length that one has");
    }
    long year = new BigInteger(digits.toBytes()).longValueExact();
    if (year < 0 || year > LAST) {
      throw new MalformedException("a year out of range");
    }
    return (int) year;
  }

  /** In as few bytes as the number needs, whatever it was read from. */
  static void write(int year, AvroOutput out) {
    if (year == NONE) {
      out.writeLong(FieldSchemas.NULL_BRANCH);
    } else {
      out.writeLong(FieldSchemas.VALUE_BRANCH);
      out.writeBytes(Slice.of(BigInteger.valueOf(year).toByteArray()));
    }
  }
}
