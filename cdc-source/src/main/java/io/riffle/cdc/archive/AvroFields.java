package io.riffle.cdc.archive;

import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** Reading Avro schemas as Connect's converter writes them. */
final class AvroFields {
  private static final String MEANING = "connect.name";
  private static final String PARAMETERS = "connect.parameters";
  private static final String COLUMN = "__debezium.source.column.name";

  private AvroFields() {}

  /** Without null, where null is allowed. */
  static Schema plain(Schema schema) {
    return schema.isUnion()
        ? schema.getTypes().stream()
            .filter(type -> type.getType() != Schema.Type.NULL)
            .findFirst()
            .orElse(schema)
        : schema;
  }

  /** What Debezium says that a value is; empty for what its type says. */
  static String meaning(Schema plain) {
    String name = plain.getProp(MEANING);
    return name == null ? "" : name;
  }

  /** The column's name in the source, which Avro may not be able to hold. */
  static String column(Schema.Field field) {
    Object parameters = plain(field.schema()).getObjectProp(PARAMETERS);
    Object name = parameters instanceof Map<?, ?> map ? map.get(COLUMN) : null;
    return name == null ? field.name() : name.toString();
  }

  /** The value of a field that may not be there; null then. */
  static Object get(GenericRecord record, String field) {
    return record.hasField(field) ? record.get(field) : null;
  }

  /** The text of a field that may not be there; null then. */
  static String text(GenericRecord record, String field) {
    Object value = get(record, field);
    return value == null ? null : value.toString();
  }

  static Long number(GenericRecord record, String field) {
    return get(record, field) instanceof Number number ? Long.valueOf(number.longValue()) : null;
  }
}
