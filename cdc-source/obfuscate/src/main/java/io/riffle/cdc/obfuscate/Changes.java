package io.riffle.cdc.obfuscate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** Chooses what becomes of a column's values, by its rules and its type. */
final class Changes {
  private final Secrets secrets;

  Changes(Secrets secrets) {
    this.secrets = secrets;
  }

  /**
   * The change for one column.
   *
   * @param entity tells whose dates move alike
   * @throws UnfitException if a rule does not suit the type
   */
  Change of(ColumnRules rules, Schema schema, Entity entity) throws UnfitException {
    if (rules.keeps()) {
      return Change.NONE;
    }
    if (!rules.parts().isEmpty()) {
      return parts(rules, schema, entity);
    }
    return of(rules.whole().orElseThrow(), schema, entity);
  }

  private Change of(Method method, Schema schema, Entity entity) throws UnfitException {
    if (method instanceof Method.Keep) {
      return Change.NONE;
    }
    if (method instanceof Method.Nothing) {
      return nothing(schema);
    }
    if (schema.type() == Schema.Type.ARRAY) {
      Change item = of(method, itemOf(schema), entity);
      return (value, row) -> eachItem((List<?>) value, item, row);
    }
    Form form = Form.of(schema);
    if (form == Form.JSON && Form.isPairs(schema)) {
      return new JsonParts(ColumnRules.only(method), entity, secrets);
    }
    Optional<Change> change =
        method instanceof Method.DateShift shift
            ? DateChanges.of(form, shift, entity, secrets)
            : ValueChanges.of(form, method, schema, secrets);
    return change.orElseThrow(() -> unfit(method, schema));
  }

  private Change parts(ColumnRules rules, Schema schema, Entity entity) throws UnfitException {
    if (schema.type() == Schema.Type.STRUCT && schema.name() == null) {
      return StructParts.of(this, rules, schema, entity);
    }
    Form form = Form.of(schema);
    if (form == Form.JSON || form == Form.TEXT) {
      return new JsonParts(rules, entity, secrets);
    }
    throw new UnfitException("a path suits JSON and nested columns, not " + Form.shown(schema));
  }

  private static Change nothing(Schema schema) throws UnfitException {
    if (!schema.isOptional()) {
      throw new UnfitException("null does not suit a column that is NOT NULL; hash may");
    }
    return (value, row) -> null;
  }

  /** What is said of an array's type is said of its items. */
  private static Schema itemOf(Schema array) {
    Schema item = array.valueSchema();
    boolean told = array.parameters() != null && item.parameters() == null;
    if (!told || !item.type().isPrimitive()) {
      return item;
    }
    Map<String, String> parameters = new HashMap<>(array.parameters());
    parameters.computeIfPresent(
        Form.TYPE, (key, type) -> type.startsWith(Form.ARRAY) ? type.substring(1) : type);
    return new SchemaBuilder(item.type()).name(item.name()).parameters(parameters).build();
  }

  private static List<Object> eachItem(List<?> items, Change change, Struct row) {
    return items.stream()
        .map(item -> item == null ? null : change.apply(item, row))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static UnfitException unfit(Method method, Schema schema) {
    return new UnfitException(method.written() + " does not suit type " + Form.shown(schema));
  }
}
