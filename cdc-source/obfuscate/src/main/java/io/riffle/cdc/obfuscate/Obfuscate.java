package io.riffle.cdc.obfuscate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.transforms.Transformation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hides sensitive columns of change events, or of flat rows: {@link Value} in their values, {@link
 * Key} in their keys. Schemas stay as they are. Where a key's column has a rule, both are needed,
 * with one configuration, {@code Key} first; {@code Value} alone fails then.
 *
 * <p>A sensitive column that has no rule, or one that does not suit its type, fails the task before
 * the record leaves; so does any column of a change event that is not among those that the rules
 * list, for it may be a sensitive one that was renamed. No message holds a value.
 *
 * @param <R> records of a source or of a sink
 */
public abstract class Obfuscate<R extends ConnectRecord<R>> implements Transformation<R> {
  /** Of records that have passed {@link Value}; the archive keeps it. */
  public static final String HEADER = "riffle.obfuscated";

  private static final Logger log = LoggerFactory.getLogger(Obfuscate.class);

  private final Map<TableName, TablePlan> plans = new HashMap<>();
  private RuleBook rules;
  private Changes changes;
  private Placeholder placeholder;

  @Override
  public void configure(Map<String, ?> given) {
    ObfuscateConfig config = new ObfuscateConfig(given);
    rules = config.rules();
    changes = new Changes(config.secrets());
    placeholder = config.placeholder();
    plans.clear();
    Set<String> unused = rules.columns().isEmpty() ? Set.of() : rules.unused(rules.columns());
    if (!unused.isEmpty()) {
      log.atWarn().addKeyValue("patterns", unused).log("rules that fit no column");
    }
  }

  @Override
  public ConfigDef config() {
    return ObfuscateConfig.DEFINITION;
  }

  @Override
  public void close() {
    plans.clear();
  }

  /** The placeholder of the deployment that sent the record. */
  final Placeholder placeholderOf(R record) {
    placeholder = placeholder.of(record);
    return placeholder;
  }

  final TablePlan plan(TableName table, Schema schema, List<String> keys, boolean whole) {
    TablePlan known = plans.get(table);
    if (known == null || !known.isFor(schema, keys)) {
      known = TablePlan.of(table, schema, keys, whole, rules, changes);
      plans.put(table, known);
    }
    return known;
  }

  static List<String> columns(Schema schema) {
    boolean struct = schema != null && schema.type() == Schema.Type.STRUCT;
    return struct ? schema.fields().stream().map(Field::name).toList() : List.of();
  }

  /** Hides columns of keys, and of the keys that headers of a changed key hold. */
  public static final class Key<R extends ConnectRecord<R>> extends Obfuscate<R> {
    private static final Set<String> KEY_HEADERS = Set.of("__debezium.oldkey", "__debezium.newkey");

    @Override
    public R apply(R record) {
      if (record.key() == null) {
        return record;
      }
      if (!(record.key() instanceof Struct key)) {
        throw new DataException("keys must be structs, for their columns to have names");
      }
      if (ChangeEvent.isDebeziums(key.schema())) {
        return record;
      }
      TableName table = ChangeEvent.table(record.value(), record.topic());
      TablePlan plan = plan(table, key.schema(), columns(key.schema()), false);
      if (plan.keeps()) {
        return record;
      }
      Placeholder sent = placeholderOf(record);
      return record.newRecord(
          record.topic(),
          record.kafkaPartition(),
          record.keySchema(),
          plan.apply(key, sent),
          record.valueSchema(),
          record.value(),
          record.timestamp(),
          headers(record, plan, sent));
    }

    private ConnectHeaders headers(R record, TablePlan plan, Placeholder sent) {
      ConnectHeaders headers = new ConnectHeaders();
      for (Header header : record.headers()) {
        boolean key = KEY_HEADERS.contains(header.key()) && header.value() != null;
        headers.add(
            header.key(), key ? hidden(header, plan, sent) : header.value(), header.schema());
      }
      return headers;
    }

    private static Object hidden(Header header, TablePlan plan, Placeholder sent) {
      if (header.value() instanceof Struct key && plan.isFor(key.schema(), columns(key.schema()))) {
        return plan.apply(key, sent);
      }
      throw new ConnectException("header " + header.key() + " does not hold a key of the table");
    }
  }

  /** Hides columns of values. */
  public static final class Value<R extends ConnectRecord<R>> extends Obfuscate<R> {

    /** Null, which drops the record, for a message that was written into the source's log. */
    @Override
    public R apply(R record) {
      if (record.value() == null) {
        return record;
      }
      if (!(record.value() instanceof Struct value)) {
        throw new DataException("values must be structs, for their columns to have names");
      }
      if (ChangeEvent.isDebeziums(value.schema())) {
        return with(record, ChangeEvent.withoutKeys(value));
      }
      if (ChangeEvent.isMessage(value.schema())) {
        return null;
      }
      R hidden = ChangeEvent.isEnvelope(value.schema()) ? event(record, value) : row(record, value);
      hidden.headers().remove(HEADER).addString(HEADER, "true");
      return hidden;
    }

    private R event(R record, Struct event) {
      Schema rows = event.schema().field(ChangeEvent.AFTER).schema();
      TablePlan plan = planOf(record, rows, true);
      if (plan.keeps()) {
        return record;
      }
      Placeholder sent = placeholderOf(record);
      Struct hidden = new Struct(event.schema());
      for (Field field : event.schema().fields()) {
        boolean isRow =
            field.name().equals(ChangeEvent.BEFORE) || field.name().equals(ChangeEvent.AFTER);
        Object part = event.getWithoutDefault(field.name());
        hidden.put(field, isRow ? hidden(record, (Struct) part, plan, sent) : part);
      }
      return with(record, hidden);
    }

    private R row(R record, Struct row) {
      TablePlan plan = planOf(record, row.schema(), false);
      if (plan.keeps()) {
        return record;
      }
      return with(record, hidden(record, row, plan, placeholderOf(record)));
    }

    private TablePlan planOf(R record, Schema rows, boolean whole) {
      TableName table = ChangeEvent.table(record.value(), record.topic());
      return plan(table, rows, columns(record.keySchema()), whole);
    }

    private Struct hidden(R record, Struct row, TablePlan plan, Placeholder sent) {
      Struct hidden = plan.apply(row, sent);
      if (row != null && record.key() instanceof Struct key) {
        plan.changed().forEach(field -> requireHidden(field.name(), key, row, hidden));
      }
      return hidden;
    }

    /** A key that holds what the row hides would tell it. */
    private static void requireHidden(String column, Struct key, Struct row, Struct hidden) {
      Object value = row.getWithoutDefault(column);
      boolean told =
          key.schema().field(column) != null
              && Objects.deepEquals(key.getWithoutDefault(column), value)
              && !Objects.deepEquals(hidden.getWithoutDefault(column), value);
      if (told) {
        throw new ConnectException(
            "column "
                + column
                + " of the key has a rule: Obfuscate$Key must stand before Obfuscate$Value");
      }
    }

    private static <R extends ConnectRecord<R>> R with(R record, Struct value) {
      return record.newRecord(
          record.topic(),
          record.kafkaPartition(),
          record.keySchema(),
          record.key(),
          record.valueSchema(),
          value,
          record.timestamp(),
          record.headers());
    }
  }
}
