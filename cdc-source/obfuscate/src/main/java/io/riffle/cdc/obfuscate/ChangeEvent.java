package io.riffle.cdc.obfuscate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** The parts of a Debezium change event. */
final class ChangeEvent {
  static final String BEFORE = "before";
  static final String AFTER = "after";
  private static final String OP = "op";
  private static final String SOURCE = "source";
  private static final String DETAILS = "additional_data";
  private static final Set<String> KEYS_OF_ROWS = Set.of("maximum_key", "last_processed_key");

  private ChangeEvent() {}

  /** Whether it is an envelope with rows before and after; else a record is a row itself. */
  static boolean isEnvelope(Schema schema) {
    return schema.field(OP) != null && isRow(schema.field(BEFORE)) && isRow(schema.field(AFTER));
  }

  /** Whether it holds the content of {@code pg_logical_emit_message}, of which nothing is known. */
  static boolean isMessage(Schema schema) {
    return schema.field(OP) != null && schema.field("message") != null && !isEnvelope(schema);
  }

  /** Whether it is a record of Debezium about itself: a heartbeat, a notification, or its key. */
  static boolean isDebeziums(Schema schema) {
    return schema.name() != null && schema.name().startsWith("io.debezium.");
  }

  /**
   * A record of Debezium about itself, without the keys of rows that notifications about snapshots
   * have.
   */
  static Struct withoutKeys(Struct own) {
    Field details = own.schema().field(DETAILS);
    if (details == null || !(own.get(details) instanceof Map<?, ?> told)) {
      return own;
    }
    Map<Object, Object> left = new LinkedHashMap<>(told);
    left.keySet().removeAll(KEYS_OF_ROWS);
    Struct copy = new Struct(own.schema());
    own.schema().fields().forEach(field -> copy.put(field, own.getWithoutDefault(field.name())));
    return copy.put(details, left);
  }

  /** As the event tells it; the topic's name is for events that do not. */
  static TableName table(Object value, String topic) {
    TableName ofTopic = TableName.ofTopic(topic);
    if (value instanceof Struct event
        && event.schema().field(SOURCE) != null
        && event.get(SOURCE) instanceof Struct source) {
      return new TableName(
          text(source, "schema", ofTopic.schema()), text(source, "table", ofTopic.table()));
    }
    return ofTopic;
  }

  private static String text(Struct source, String field, String otherwise) {
    boolean told = source.schema().field(field) != null && source.get(field) instanceof String;
    return told ? (String) source.get(field) : otherwise;
  }

  private static boolean isRow(Field field) {
    return field != null && field.schema().type() == Schema.Type.STRUCT;
  }
}
