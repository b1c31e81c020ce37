package io.riffle.cdc.obfuscate;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Hand-made change events of a table, and the transform that hides them. */
final class Rows {
  static final String KEY = "a key for tests, of no use elsewhere";
  static final String TOPIC = "main.cdc.qvp.public.users";
  private static final Schema SOURCE =
      SchemaBuilder.struct()
          .name("io.debezium.connector.postgresql.Source")
          .field("schema", Schema.STRING_SCHEMA)
          .field("table", Schema.STRING_SCHEMA)
          .build();

  private Rows() {}

  static Schema optional(SchemaBuilder builder) {
    return builder.optional().build();
  }

  /** As Debezium tells the source's type. */
  static Schema typed(Schema.Type type, String source) {
    return optional(new SchemaBuilder(type).parameter(Form.TYPE, source));
  }

  static Schema text() {
    return typed(Schema.Type.STRING, "TEXT");
  }

  static Schema named(Schema.Type type, String name) {
    return optional(new SchemaBuilder(type).name(name));
  }

  static Schema envelope(Schema rows) {
    return SchemaBuilder.struct()
        .name("main.cdc.qvp.public.users.Envelope")
        .field("before", rows)
        .field("after", rows)
        .field("source", SOURCE)
        .field("op", Schema.STRING_SCHEMA)
        .build();
  }

  /** An update of {@code public.users}. */
  static SourceRecord event(Struct key, Struct before, Struct after) {
    Schema rows = (after == null ? before : after).schema();
    Schema envelope = envelope(rows);
    Struct source = new Struct(SOURCE).put("schema", "public").put("table", "users");
    Struct value =
        new Struct(envelope)
            .put("before", before)
            .put("after", after)
            .put("source", source)
            .put("op", "u");
    return new SourceRecord(
        Map.of(), Map.of(), TOPIC, 0, key == null ? null : key.schema(), key, envelope, value);
  }

  static Obfuscate.Value<SourceRecord> values(String rules) {
    return configured(new Obfuscate.Value<>(), rules, KEY);
  }

  static Obfuscate.Key<SourceRecord> keys(String rules) {
    return configured(new Obfuscate.Key<>(), rules, KEY);
  }

  static <T extends Obfuscate<SourceRecord>> T configured(T transform, String rules, String key) {
    Map<String, String> config = new HashMap<>();
    config.put("rules", rules);
    config.put("secret", key);
    transform.configure(config);
    return transform;
  }

  static Struct after(SourceRecord record) {
    return ((Struct) record.value()).getStruct("after");
  }

  /** What a column of one type becomes. */
  static Object hidden(Schema schema, Object value, String method) {
    Schema rows = optional(SchemaBuilder.struct().name("Value").field("c", schema));
    Struct row = new Struct(rows).put("c", value);
    return after(values("rules:\n  users.c: " + method + "\n").apply(event(null, null, row)))
        .get("c");
  }
}
