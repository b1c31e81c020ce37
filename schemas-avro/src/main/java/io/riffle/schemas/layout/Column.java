package io.riffle.schemas.layout;

import java.util.Locale;

/**
 * A column of a RIF type.
 *
 * @param name as in the header row, exact case
 * @param ordinal position among all columns of the layout, from 0 (DML_IND)
 * @param length most characters of a {@link Kind#STRING}, else 0
 * @param precision digits of a {@link Kind#DECIMAL}, 0 when unbounded
 * @param scale digits after the point of a bounded {@link Kind#DECIMAL}
 * @param required whether a FULL file must have the column (and the table forbids null)
 * @param empty what an empty field becomes
 * @param since the layout version that brought the column, from 1
 * @param description meaning, in our words
 */
public record Column(
    String name,
    int ordinal,
    Level level,
    Kind kind,
    int length,
    int precision,
    int scale,
    boolean required,
    EmptyRule empty,
    Role role,
    int since,
    String description) {

  public Column {
    if (required == (empty == EmptyRule.NULL)) {
      throw new IllegalArgumentException(
          "column " + name + ": required columns need an empty rule, optional ones become null");
    }
    if (kind == Kind.STRING && length < 1) {
      throw new IllegalArgumentException("column " + name + ": a string needs a length");
    }
  }

  /** The name in tables and Avro records. */
  public String sqlName() {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Whether the column reaches topics and tables; only DML_IND does not. */
  public boolean stored() {
    return kind != Kind.ACTION;
  }
}
