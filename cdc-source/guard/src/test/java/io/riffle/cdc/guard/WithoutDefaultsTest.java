package io.riffle.cdc.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.ConnectSchema;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class WithoutDefaultsTest {
  private static final Schema PAIR =
      SchemaBuilder.struct()
          .name("pair")
          .optional()
          .field("x", Schema.OPTIONAL_INT32_SCHEMA)
          .build();
  private static final Schema PAIR_WITH_DEFAULT =
      new ConnectSchema(
          Schema.Type.STRUCT,
          true,
          new Struct(PAIR).put("x", 1),
          "pair",
          null,
          null,
          null,
          PAIR.fields(),
          null,
          null);
  private static final Schema SOURCE =
      SchemaBuilder.struct()
          .field("snapshot", SchemaBuilder.string().optional().defaultValue("false").build())
          .build();

  private final WithoutDefaults<SourceRecord> transform = new WithoutDefaults<>();

  private static Schema row() {
    return SchemaBuilder.struct()
        .name("row")
        .optional()
        .field("id", Schema.INT32_SCHEMA)
        .field(
            "status",
            SchemaBuilder.string()
                .optional()
                .defaultValue("new")
                .parameter("__debezium.source.column.type", "TEXT")
                .build())
        .field("kind", SchemaBuilder.string().defaultValue("plain").build())
        .field(
            "tags",
            SchemaBuilder.array(Schema.STRING_SCHEMA).optional().defaultValue(List.of()).build())
        .field("place", PAIR_WITH_DEFAULT)
        .build();
  }

  private static Schema envelope(Schema row) {
    return SchemaBuilder.struct()
        .name("main.cdc.qvp.public.orders.Envelope")
        .version(2)
        .field("before", row)
        .field("after", row)
        .field("source", SOURCE)
        .field("op", Schema.STRING_SCHEMA)
        .build();
  }

  private static SourceRecord event(Schema envelope, Struct before, Struct after) {
    Struct event = new Struct(envelope);
    event.put("before", before).put("after", after);
    event.put("source", new Struct(SOURCE)).put("op", "u");
    SourceRecord record =
        new SourceRecord(Map.of(), Map.of(), "topic", 0, null, null, envelope, event, 7L);
    record.headers().addString("riffle.epoch", "1");
    return record;
  }

  @Test
  void nullStaysNullInBothRows() {
    Schema row = row();
    Struct after = new Struct(row).put("id", 1).put("kind", "other");
    Struct before = new Struct(row).put("id", 1).put("status", "old");

    SourceRecord record = transform.apply(event(envelope(row), before, after));

    Struct event = (Struct) record.value();
    event.validate();
    assertThat(event.schema()).isSameAs(record.valueSchema());
    assertThat(event.schema().name()).isEqualTo("main.cdc.qvp.public.orders.Envelope");
    assertThat(event.schema().version()).isEqualTo(2);
    Struct bare = event.getStruct("after");
    assertThat(bare.get("status")).isNull();
    assertThat(bare.get("tags")).isNull();
    assertThat(bare.get("place")).isNull();
    assertThat(bare.get("kind")).isEqualTo("other");
    assertThat(event.getStruct("before").get("status")).isEqualTo("old");
    assertThat(record.headers().lastWithName("riffle.epoch").value()).isEqualTo("1");
    assertThat(record.timestamp()).isEqualTo(7L);
  }

  @Test
  void schemasKeepAllElse() {
    Schema row = row();

    SourceRecord record =
        transform.apply(event(envelope(row), null, new Struct(row).put("id", 1).put("kind", "k")));

    Schema bare = record.valueSchema().field("after").schema();
    assertThat(bare.isOptional()).isTrue();
    assertThat(bare.name()).isEqualTo("row");
    assertThat(bare.fields()).allMatch(field -> field.schema().defaultValue() == null);
    assertThat(bare.field("status").schema().parameters())
        .containsEntry("__debezium.source.column.type", "TEXT");
    assertThat(bare.field("tags").schema().valueSchema()).isEqualTo(Schema.STRING_SCHEMA);
    assertThat(record.valueSchema().field("source").schema()).isSameAs(SOURCE);
    assertThat(((Struct) record.value()).get("before")).isNull();
  }

  /** Of a deleted row Debezium sends the key alone, and no more must be there than before. */
  @Test
  void whatMustHaveAValueHasTheDefault() {
    Schema row = row();

    SourceRecord record = transform.apply(event(envelope(row), new Struct(row).put("id", 1), null));

    Struct before = ((Struct) record.value()).getStruct("before");
    before.validate();
    assertThat(before.get("kind")).isEqualTo("plain");
  }

  @Test
  void valuesOfStructsFollowTheirSchema() {
    Schema row = row();
    Struct place = new Struct(PAIR_WITH_DEFAULT).put("x", 5);
    Struct after = new Struct(row).put("id", 1).put("kind", "k").put("place", place);

    SourceRecord record = transform.apply(event(envelope(row), null, after));

    Struct bare = ((Struct) record.value()).getStruct("after").getStruct("place");
    assertThat(bare.schema().defaultValue()).isNull();
    assertThat(bare.getInt32("x")).isEqualTo(5);
  }

  @Test
  void aTableHasOneSchemaUntilItChanges() {
    Schema row = row();
    Schema envelope = envelope(row);
    Struct after = new Struct(row).put("id", 1).put("kind", "k");

    Schema first = transform.apply(event(envelope, null, after)).valueSchema();
    Schema second = transform.apply(event(envelope, null, after)).valueSchema();
    Schema other =
        envelope(SchemaBuilder.struct().optional().field("id", Schema.INT32_SCHEMA).build());
    Struct changed = new Struct(other.field("after").schema()).put("id", 1);

    assertThat(second).isSameAs(first);
    assertThat(transform.apply(event(other, null, changed)).valueSchema()).isSameAs(other);
  }

  @Test
  void whatHasNoDefaultsPassesAsItIs() {
    Schema row = SchemaBuilder.struct().optional().field("id", Schema.INT32_SCHEMA).build();
    SourceRecord event = event(envelope(row), null, new Struct(row).put("id", 1));
    SourceRecord text =
        new SourceRecord(Map.of(), Map.of(), "topic", null, Schema.STRING_SCHEMA, "a text");

    assertThat(transform.apply(event)).isSameAs(event);
    assertThat(transform.apply(text)).isSameAs(text);
  }
}
