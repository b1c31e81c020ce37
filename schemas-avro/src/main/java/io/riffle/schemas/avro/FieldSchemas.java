package io.riffle.schemas.avro;

import io.riffle.schemas.layout.Column;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * The Avro type of a column. It depends on the column alone, so that an encoded field can be copied
 * between raw, state and merged records as it stands: an optional column is the union of null
 * (branch 0) and its type (branch 1), a required one is its type.
 *
 * <ul>
 *   <li>STRING, CHAR, HASH: string
 *   <li>DATE: int of logical type date (days since 1970-01-01)
 *   <li>DECIMAL with a precision: bytes of logical type decimal, as few bytes as the number needs
 *   <li>DECIMAL without one: string, the plain decimal text as sent, so that its scale is kept
 *   <li>LONG: long; INT, SHORT: int
 * </ul>
 */
public final class FieldSchemas {

  /** Branch of null in an optional column's union. */
  public static final int NULL_BRANCH = 0;

  /** Branch of the value in an optional column's union. */
  public static final int VALUE_BRANCH = 1;

  private FieldSchemas() {}

  /** The schema of a stored column. */
  public static Schema of(Column column) {
    Schema type = typeOf(column);
    return column.required()
        ? type
        : Schema.createUnion(List.of(Schema.create(Schema.Type.NULL), type));
  }

  static Schema.Field field(Column column) {
    Schema schema = of(column);
    return column.required()
        ? new Schema.Field(column.sqlName(), schema, column.description())
        : new Schema.Field(
            column.sqlName(), schema, column.description(), Schema.Field.NULL_DEFAULT_VALUE);
  }

  private static Schema typeOf(Column column) {
    return switch (column.kind()) {
      case STRING, CHAR, HASH -> Schema.create(Schema.Type.STRING);
      case DATE -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
      case DECIMAL -> decimal(column);
      case LONG -> Schema.create(Schema.Type.LONG);
      case INT, SHORT -> Schema.create(Schema.Type.INT);
      case ACTION -> throw new IllegalArgumentException(column.name() + " is not stored");
    };
  }

  private static Schema decimal(Column column) {
    return column.precision() == 0
        ? Schema.create(Schema.Type.STRING)
        : LogicalTypes.decimal(column.precision(), column.scale())
            .addToSchema(Schema.create(Schema.Type.BYTES));
  }
}
