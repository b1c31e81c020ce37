package io.riffle.cdc.guard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.ConnectSchema;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Structs of a schema, as structs of the same schema without defaults. */
final class BareStruct {
  /** The rows in an envelope; the other fields are Debezium's own. */
  private static final Set<String> ROWS = Set.of("before", "after");

  private final Schema from;
  private final Schema to;

  /** By field, of those whose values are structs of other schemas. */
  private final Map<String, BareStruct> inner;

  private BareStruct(Schema from, Schema to, Map<String, BareStruct> inner) {
    this.from = from;
    this.to = to;
    this.inner = inner;
  }

  /** For the columns of a row. */
  private static BareStruct ofRow(Schema row) {
    Map<String, BareStruct> inner = new HashMap<>();
    List<Field> fields = new ArrayList<>();
    for (Field field : row.fields()) {
      Schema bare = bare(field.schema());
      if (bare != field.schema() && bare.type() == Schema.Type.STRUCT) {
        inner.put(field.name(), new BareStruct(field.schema(), bare, Map.of()));
      }
      fields.add(new Field(field.name(), field.index(), bare));
    }
    return of(row, fields, inner);
  }

  /** For events; one without rows is not touched. */
  static BareStruct ofEnvelope(Schema envelope) {
    Map<String, BareStruct> inner = new HashMap<>();
    List<Field> fields = new ArrayList<>();
    for (Field field : envelope.fields()) {
      boolean isRow = ROWS.contains(field.name()) && field.schema().type() == Schema.Type.STRUCT;
      BareStruct row = isRow ? ofRow(field.schema()) : null;
      if (row != null && row.isOther()) {
        inner.put(field.name(), row);
        fields.add(new Field(field.name(), field.index(), row.to));
      } else {
        fields.add(field);
      }
    }
    return of(envelope, fields, inner);
  }

  private static BareStruct of(Schema from, List<Field> fields, Map<String, BareStruct> inner) {
    return new BareStruct(
        from, from.fields().equals(fields) ? from : like(from, fields), Map.copyOf(inner));
  }

  private static Schema bare(Schema schema) {
    if (schema.defaultValue() == null) {
      return schema;
    }
    return like(schema, schema.type() == Schema.Type.STRUCT ? schema.fields() : null);
  }

  private static Schema like(Schema schema, List<Field> fields) {
    boolean isMap = schema.type() == Schema.Type.MAP;
    return new ConnectSchema(
        schema.type(),
        schema.isOptional(),
        null,
        schema.name(),
        schema.version(),
        schema.doc(),
        schema.parameters(),
        fields,
        isMap ? schema.keySchema() : null,
        isMap || schema.type() == Schema.Type.ARRAY ? schema.valueSchema() : null);
  }

  /** Whether it was made for this very schema. */
  boolean isOf(Schema schema) {
    return from == schema;
  }

  /** Whether the schema has defaults. */
  boolean isOther() {
    return from != to;
  }

  /** The struct itself where its schema has no defaults. */
  Struct of(Struct struct) {
    if (!isOther()) {
      return struct;
    }
    Struct copy = new Struct(to);
    for (Field field : to.fields()) {
      Object value = value(struct, field);
      BareStruct other = inner.get(field.name());
      copy.put(field, other != null && value instanceof Struct row ? other.of(row) : value);
    }
    return copy;
  }

  /** What must have a value and has none, was meant to have the default. */
  private static Object value(Struct struct, Field field) {
    Object value = struct.getWithoutDefault(field.name());
    return value == null && !field.schema().isOptional() ? struct.get(field.name()) : value;
  }
}
