package io.riffle.schemas.ddl;

import io.riffle.schemas.layout.Column;

/** The Postgres type of a column. */
public final class SqlTypes {

  private SqlTypes() {}

  /** The type as Postgres spells it, such as {@code numeric(12,2)}. */
  public static String of(Column column) {
    return switch (column.kind()) {
      case STRING, HASH -> "varchar(" + column.length() + ")";
      case CHAR -> "char(1)";
      case DATE -> "date";
      case DECIMAL -> numeric(column);
      case LONG -> "bigint";
      case INT -> "integer";
      case SHORT -> "smallint";
      case ACTION -> throw new IllegalArgumentException(column.name() + " is not stored");
    };
  }

  private static String numeric(Column column) {
    return column.precision() == 0
        ? "numeric"
        : "numeric(" + column.precision() + "," + column.scale() + ")";
  }
}
