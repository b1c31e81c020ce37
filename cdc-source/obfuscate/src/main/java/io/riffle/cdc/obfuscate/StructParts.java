package io.riffle.cdc.obfuscate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** A nested column: each of its fields has the rule of its path. */
final class StructParts implements Change {
  private final Map<Field, Change> changes;

  private StructParts(Map<Field, Change> changes) {
    this.changes = changes;
  }

  static Change of(Changes changes, ColumnRules rules, Schema schema, Entity entity)
      throws UnfitException {
    return of(changes, rules, schema, entity, List.of());
  }

  private static Change of(
      Changes changes, ColumnRules rules, Schema schema, Entity entity, List<String> names)
      throws UnfitException {
    Map<Field, Change> found = new LinkedHashMap<>();
    for (Field field : schema.fields()) {
      List<String> path = new ArrayList<>(names);
      path.add(field.name());
      boolean nested = field.schema().type() == Schema.Type.STRUCT && field.schema().name() == null;
      Method method = rules.of(path);
      boolean removed = method instanceof Method.Nothing;
      found.put(
          field,
          nested && !removed
              ? of(changes, rules, field.schema(), entity, path)
              : changes.of(ColumnRules.only(method), field.schema(), entity));
    }
    return new StructParts(found);
  }

  @Override
  public Object apply(Object value, Struct row) {
    Struct from = (Struct) value;
    Struct to = new Struct(from.schema());
    changes.forEach(
        (field, change) -> {
          Object part = from.get(field);
          to.put(field, part == null ? null : change.apply(part, row));
        });
    return to;
  }
}
