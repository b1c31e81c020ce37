package io.riffle.producer.rif;

import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Role;

/** How the text of a field is written: by the kind of its column, told apart where it matters. */
enum FieldForm {
  ACTION,
  STRING,
  HASH,
  CHARACTER,
  DATE,
  /** A decimal of fixed precision and scale. */
  BOUNDED,
  /** A decimal whose scale is kept. */
  UNBOUNDED,
  /** The reference year of a person: a bounded decimal that is not negative. */
  YEAR,
  LONG,
  INT,
  SHORT;

  static FieldForm of(Column column) {
    return switch (column.kind()) {
      case ACTION -> ACTION;
      case STRING -> STRING;
      case HASH -> HASH;
      case CHAR -> CHARACTER;
      case DATE -> DATE;
      case DECIMAL -> decimal(column);
      case LONG -> LONG;
      case INT -> INT;
      case SHORT -> SHORT;
    };
  }

  private static FieldForm decimal(Column column) {
    if (column.precision() == 0) {
      return UNBOUNDED;
    }
    return column.role() == Role.LINE_KEY ? YEAR : BOUNDED;
  }
}
