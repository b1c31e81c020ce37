package io.riffle.schemas.layout;

import java.util.Locale;
import java.util.Optional;

/**
 * A column of a RIF type.
 *
 * @param name as in the header row, exact case
 * @param source the header row's column whose field it is read from: {@code name} itself, but for a
 *     derived column, which is a second reading of another one
 * @param ordinal position among all columns of the layout, from 0 (DML_IND)
 * @param length most characters of a {@link Kind#STRING} or {@link Kind#HASH}, else 0
 * @param precision digits of a {@link Kind#DECIMAL}, 0 when unbounded
 * @param scale digits after the point of a bounded {@link Kind#DECIMAL}
 * @param required whether a FULL file must have the column (and the table forbids null)
 * @param empty what an empty field becomes
 * @param since the layout version that brought the column, from 1
 * @param stored whether it reaches topics and tables; the others are only checked
 * @param month the place in the table of months, for a month's column of a person
 * @param description meaning, in our words
 */
public record Column(
    String name,
    String source,
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
    boolean stored,
    Optional<MonthCell> month,
    String description) {

  /**
   * A cell of the table that has one row for each month of a person.
   *
   * @param month 1 to 12
   * @param column the table's column
   */
  public record MonthCell(int month, String column) {}

  public Column {
    if (required == (empty == EmptyRule.NULL)) {
      throw new IllegalArgumentException(
          "column " + name + ": required columns need an empty rule, optional ones become null");
    }
    if ((kind == Kind.STRING || kind == Kind.HASH) && length < 1) {
      throw new IllegalArgumentException("column " + name + ": a string needs a length");
    }
  }

  /** A stored column that is read from the field of its own name. */
  public Column(
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
    this(
        name,
        name,
        ordinal,
        level,
        kind,
        length,
        precision,
        scale,
        required,
        empty,
        role,
        since,
        kind != Kind.ACTION,
        Optional.empty(),
        description);
  }

  /** The name in tables and Avro records. */
  public String sqlName() {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Whether it is a second reading of another column's field, and not in the header row. */
  public boolean derived() {
    return !source.equals(name);
  }
}
