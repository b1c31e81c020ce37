package io.riffle.cdc.obfuscate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;

/** What becomes of the rows of one table, as long as they have one schema. */
final class TablePlan {
  private final Schema schema;
  private final List<String> keys;
  private final Map<Field, Change> changes;

  private TablePlan(Schema schema, List<String> keys, Map<Field, Change> changes) {
    this.schema = schema;
    this.keys = keys;
    this.changes = changes;
  }

  /**
   * Applies the rules to the columns of a schema.
   *
   * @param whole whether these are all columns of a captured table, so that one that the rules do
   *     not list is new in the source
   * @param keys columns of the table's key
   * @throws ConnectException naming every column that is sensitive and has no rule, or has one that
   *     does not suit it
   */
  static TablePlan of(
      TableName table,
      Schema schema,
      List<String> keys,
      boolean whole,
      RuleBook rules,
      Changes changes) {
    List<String> problems = new ArrayList<>(problems(table, schema, whole, rules));
    Entity entity = new Entity(schema, keys);
    Map<Field, Change> found = new LinkedHashMap<>();
    for (Field field : schema.fields()) {
      ColumnName column = column(table, field);
      try {
        found.put(field, changes.of(rules.of(column), field.schema(), entity));
      } catch (UnfitException e) {
        problems.add(column + ": " + e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new ConnectException("Nothing leaves unhidden: " + String.join("; ", problems));
    }
    found.values().removeIf(change -> change == Change.NONE);
    return new TablePlan(schema, keys, found);
  }

  private static List<String> problems(
      TableName table, Schema schema, boolean whole, RuleBook rules) {
    List<ColumnName> columns = schema.fields().stream().map(field -> column(table, field)).toList();
    List<ColumnName> unruled = rules.unruled(columns);
    List<String> problems = new ArrayList<>(RuleBook.withoutRule(unruled));
    if (whole) {
      rules.unseen(columns).stream()
          .filter(name -> !unruled.contains(name))
          .forEach(name -> problems.add(name + " is new in the source and has no rule"));
    }
    return problems;
  }

  /** By the name that the source has for it, where the event tells that. */
  private static ColumnName column(TableName table, Field field) {
    Map<String, String> parameters = field.schema().parameters();
    String name = parameters == null ? null : parameters.get(Form.NAME);
    return table.column(name == null ? field.name() : name);
  }

  boolean isFor(Schema other, List<String> otherKeys) {
    return keys.equals(otherKeys) && (schema == other || schema.equals(other));
  }

  /** Whether every row leaves as it came. */
  boolean keeps() {
    return changes.isEmpty();
  }

  /** The columns that change. */
  Iterable<Field> changed() {
    return changes.keySet();
  }

  /** A row as it leaves, in the same schema; null for null. */
  Struct apply(Struct row, Placeholder placeholder) {
    if (row == null || keeps()) {
      return row;
    }
    Struct hidden = new Struct(row.schema());
    for (Field field : row.schema().fields()) {
      hidden.put(field, value(field, row, placeholder));
    }
    return hidden;
  }

  private Object value(Field field, Struct row, Placeholder placeholder) {
    // not get(), which gives the default for a null
    Object value = row.getWithoutDefault(field.name());
    Change change = changes.get(field);
    boolean stays = value == null || change == null || placeholder.is(value);
    return stays ? value : change.apply(value, row);
  }
}
