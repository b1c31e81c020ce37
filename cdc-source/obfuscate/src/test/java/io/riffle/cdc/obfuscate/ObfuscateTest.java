package io.riffle.cdc.obfuscate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;

class ObfuscateTest {
  private static final String RULES =
      """
      sensitive:
        - "*phone*"
        - email
      rules:
        users.phone: phone
        users.email: email
      """;
  private static final Schema ROW =
      Rows.optional(
          SchemaBuilder.struct()
              .name("Value")
              .field("id", Schema.INT32_SCHEMA)
              .field("phone", Rows.text())
              .field("email", Rows.text())
              .field("note", Rows.text()));

  @Test
  void hidesBothImagesOfAnEventAndKeepsItsSchema() {
    SourceRecord record = Rows.event(null, row("9858712312"), row("9858712399"));

    SourceRecord hidden = Rows.values(RULES).apply(record);

    Struct value = (Struct) hidden.value();
    assertThat(value.getStruct("before").get("phone")).isEqualTo("985***12");
    assertThat(value.getStruct("after").get("phone")).isEqualTo("985***99");
    assertThat(value.getStruct("after").get("email")).isEqualTo("a21@g***.com");
    assertThat(value.getStruct("after").get("note")).isEqualTo("free");
    assertThat(value.getStruct("after").get("id")).isEqualTo(7);
    assertThat(value.get("op")).isEqualTo("u");
    assertThat(hidden.valueSchema()).isSameAs(record.valueSchema());
    assertThat(hidden.headers().lastWithName(Obfuscate.HEADER).value()).isEqualTo("true");
    value.validate();
  }

  @Test
  void hidesFlatRowsByTheTopicsName() {
    SourceRecord record = new SourceRecord(Map.of(), Map.of(), Rows.TOPIC, ROW, row("9858712312"));

    Struct hidden = (Struct) Rows.values(RULES).apply(record).value();

    assertThat(hidden.get("phone")).isEqualTo("985***12");
  }

  @Test
  void nullStaysNullAndDeletesPass() {
    Struct row = new Struct(ROW).put("id", 7);

    Struct hidden = (Struct) Rows.values(RULES).apply(Rows.event(null, row, null)).value();

    assertThat(hidden.getStruct("before").get("phone")).isNull();
    assertThat(hidden.get("after")).isNull();
    SourceRecord tombstone = new SourceRecord(Map.of(), Map.of(), Rows.TOPIC, null, null);
    assertThat(Rows.values(RULES).apply(tombstone)).isSameAs(tombstone);
  }

  @Test
  void aColumnThatAppearsLaterStopsBeforeAnythingLeaves() {
    Obfuscate.Value<SourceRecord> transform = Rows.values(RULES);
    transform.apply(Rows.event(null, null, row("9858712312")));
    Schema wider =
        Rows.optional(
            SchemaBuilder.struct()
                .name("Value")
                .field("phone", Rows.text())
                .field("phone2", Rows.text())
                .field("Phone3", Rows.text()));
    Struct added = new Struct(wider).put("phone2", "6667778889").put("Phone3", "6667778889");

    assertThatThrownBy(() -> transform.apply(Rows.event(null, null, added)))
        .isInstanceOf(ConnectException.class)
        .hasMessageContainingAll(
            "public.users.phone2 is sensitive and has no rule",
            "public.users.Phone3 is sensitive and has no rule")
        .message()
        .doesNotContain("666");
  }

  @Test
  void aRenamedColumnStopsWhereTheColumnsAreListed() {
    Obfuscate.Value<SourceRecord> transform =
        Rows.values(
            RULES
                + """
                columns:
                  - public.users.id
                  - public.users.phone
                  - public.users.email
                  - public.users.note
                """);
    transform.apply(Rows.event(null, null, row("9858712312")));
    Schema renamed =
        Rows.optional(
            SchemaBuilder.struct()
                .name("Value")
                .field("id", Schema.INT32_SCHEMA)
                .field("reach_me_at", Rows.text()));
    Struct row = new Struct(renamed).put("id", 7).put("reach_me_at", "9858712312");

    assertThatThrownBy(() -> transform.apply(Rows.event(null, null, row)))
        .hasMessageContaining("public.users.reach_me_at is new in the source and has no rule")
        .message()
        .doesNotContain("985", "users.id");
  }

  @Test
  void columnsGoByTheNameThatTheSourceHas() {
    Schema schema =
        Rows.optional(
            SchemaBuilder.struct()
                .name("Value")
                .field(
                    "e_mail_1",
                    Rows.optional(SchemaBuilder.string().parameter(Form.NAME, "e-mail 1"))));
    Struct row = new Struct(schema).put("e_mail_1", "anna21@gmail.com");

    Struct hidden =
        Rows.after(
            Rows.values("rules:\n  'users.e-mail 1': email\n").apply(Rows.event(null, null, row)));

    assertThat(hidden.get("e_mail_1")).isEqualTo("a21@g***.com");
  }

  @Test
  void aRuleThatDoesNotSuitTheTypeStopsToo() {
    Schema schema =
        Rows.optional(
            SchemaBuilder.struct()
                .name("Value")
                .field("a", Schema.BOOLEAN_SCHEMA)
                .field("b", Rows.typed(Schema.Type.STRING, "INET"))
                .field("c", Schema.STRING_SCHEMA));
    Struct row = new Struct(schema).put("a", true).put("b", "10.0.0.1").put("c", "x");
    Obfuscate.Value<SourceRecord> transform =
        Rows.values("rules:\n  users.a: hash\n  users.b: hash\n  users.c: null\n");

    assertThatThrownBy(() -> transform.apply(Rows.event(null, null, row)))
        .hasMessageContainingAll(
            "public.users.a: hash does not suit type BOOLEAN",
            "public.users.b: hash does not suit type inet",
            "public.users.c: null does not suit a column that is NOT NULL");
  }

  @Test
  void thePlaceholderOfUnchangedValuesStays() {
    Schema schema =
        Rows.optional(
            SchemaBuilder.struct()
                .name("Value")
                .field("text", Rows.text())
                .field("json", Rows.named(Schema.Type.STRING, "io.debezium.data.Json"))
                .field("bytes", Rows.typed(Schema.Type.BYTES, "BYTEA"))
                .field("texts", Rows.optional(SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA)))
                .field("ints", Rows.optional(SchemaBuilder.array(Schema.OPTIONAL_INT32_SCHEMA))));
    byte[] sent = "random-7f".getBytes(StandardCharsets.UTF_8);
    Struct row =
        new Struct(schema)
            .put("text", "random-7f")
            .put("json", "random-7f")
            .put("bytes", sent)
            .put("texts", List.of("random-7f"))
            .put("ints", List.of(114, 97, 110, 100, 111, 109, 45, 55, 102));
    SourceRecord record = Rows.event(null, null, row);
    record.headers().addString("riffle.placeholder", "random-7f");

    assertThat(Rows.after(Rows.values("rules:\n  users.*: hash\n").apply(record))).isEqualTo(row);
    record.headers().remove("riffle.placeholder");
    Struct hashed = Rows.after(Rows.values("rules:\n  users.*: hash\n").apply(record));
    assertThat(hashed.get("text")).isNotEqualTo("random-7f");
    assertThat(hashed.getArray("ints")).doesNotContain(114);
  }

  @Test
  void aSensitiveKeyNeedsItsOwnTransformAndAgreesWithTheRow() {
    String rules = "rules:\n  users.email: hash\n  users.born: date-shift 30\n";
    Schema keySchema = SchemaBuilder.struct().name("Key").field("email", Rows.text()).build();
    Schema rowSchema =
        Rows.optional(
            SchemaBuilder.struct()
                .name("Value")
                .field("email", Rows.text())
                .field("born", Rows.named(Schema.Type.INT32, "io.debezium.time.Date")));
    Struct key = new Struct(keySchema).put("email", "anna21@gmail.com");
    Struct row = new Struct(rowSchema).put("email", "anna21@gmail.com").put("born", 9_000);
    SourceRecord record = Rows.event(key, null, row);
    record.headers().add("__debezium.newkey", key, keySchema);

    assertThatThrownBy(() -> Rows.values(rules).apply(record))
        .hasMessageContaining("column email of the key has a rule")
        .message()
        .doesNotContain("anna");
    SourceRecord hidden = Rows.values(rules).apply(Rows.keys(rules).apply(record));

    Object hash = Rows.after(hidden).get("email");
    assertThat(hash.toString()).matches("[0-9a-f]{16}");
    assertThat(((Struct) hidden.key()).get("email")).isEqualTo(hash);
    Struct header = (Struct) hidden.headers().lastWithName("__debezium.newkey").value();
    assertThat(header.get("email")).isEqualTo(hash);
    assertThat(Rows.after(hidden).get("born")).isNotEqualTo(9_000);
  }

  @Test
  void messagesInTheSourcesLogGoNoFurther() {
    Schema content = SchemaBuilder.struct().field("content", Schema.BYTES_SCHEMA).build();
    Schema schema =
        SchemaBuilder.struct().field("op", Schema.STRING_SCHEMA).field("message", content).build();
    Struct message = new Struct(schema).put("op", "m");
    SourceRecord record =
        new SourceRecord(Map.of(), Map.of(), "main.cdc.qvp.message", schema, message);

    assertThat(Rows.values(RULES).apply(record)).isNull();
  }

  @Test
  void notificationsAboutSnapshotsLoseTheKeysOfRows() {
    Schema schema =
        SchemaBuilder.struct()
            .name("io.debezium.connector.common.Notification")
            .field("type", Schema.STRING_SCHEMA)
            .field(
                "additional_data",
                SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA).build())
            .build();
    Struct told =
        new Struct(schema)
            .put("type", "IN_PROGRESS")
            .put(
                "additional_data",
                Map.of("last_processed_key", "[9858712312]", "maximum_key", "[9]", "rows", "7"));
    SourceRecord record =
        new SourceRecord(Map.of(), Map.of(), "main.cdc-notifications.qvp", schema, told);

    Struct left =
        (Struct)
            Rows.values("sensitive:\n  - '*'\n" + RULES.substring(RULES.indexOf("rules:")))
                .apply(record)
                .value();

    assertThat(left.getMap("additional_data")).isEqualTo(Map.of("rows", "7"));
    assertThat(left.get("type")).isEqualTo("IN_PROGRESS");
  }

  @Test
  void recordsWithoutColumnsAreRefused() {
    SourceRecord text =
        new SourceRecord(Map.of(), Map.of(), Rows.TOPIC, Schema.STRING_SCHEMA, "9858712312");

    assertThatThrownBy(() -> Rows.values(RULES).apply(text))
        .isInstanceOf(DataException.class)
        .message()
        .doesNotContain("985");
  }

  @Test
  void aWrongConfigurationIsRefusedWithoutTheKey() {
    Map<String, String> config = new HashMap<>();
    config.put("rules", "rules:\n  a.b: hush\n");
    config.put("secret", "too short");

    List<ConfigValue> values = new Obfuscate.Value<SourceRecord>().config().validate(config);

    assertThat(values.stream().flatMap(value -> value.errorMessages().stream()))
        .anyMatch(text -> text.contains("line 2"))
        .anyMatch(text -> text.contains("at least 16 characters"))
        .noneMatch(text -> text.contains("too short"));
    assertThatThrownBy(() -> new Obfuscate.Value<SourceRecord>().configure(config))
        .isInstanceOf(ConfigException.class)
        .message()
        .doesNotContain("too short");
  }

  @Test
  void sensitiveColumnsWithoutARuleRefuseTheStart() {
    String rules = RULES + "columns:\n  - public.users.phone\n  - public.users.phone2\n";
    Map<String, String> config = Map.of("rules", rules, "secret", Rows.KEY);

    List<ConfigValue> values = new Obfuscate.Value<SourceRecord>().config().validate(config);

    assertThat(values.stream().flatMap(value -> value.errorMessages().stream()))
        .singleElement()
        .asString()
        .contains("public.users.phone2 is sensitive and has no rule");
  }

  @Test
  void isFoundByItsManifest() {
    assertThat(ServiceLoader.load(Transformation.class))
        .extracting(found -> found.getClass().getName())
        .contains(Obfuscate.Key.class.getName(), Obfuscate.Value.class.getName());
  }

  @Test
  void datesOfAnEntityMoveAlike() {
    Schema schema =
        Rows.optional(
            SchemaBuilder.struct()
                .name("Value")
                .field("id", Schema.INT32_SCHEMA)
                .field("patient", Schema.INT32_SCHEMA)
                .field("at", Rows.named(Schema.Type.INT64, "io.debezium.time.MicroTimestamp")));
    Obfuscate.Value<SourceRecord> transform =
        Rows.values("rules:\n  users.at: date-shift 30 by patient\n");
    long day = 86_400_000_000L;
    long[] shifts = new long[50];
    for (int patient = 0; patient < shifts.length; patient++) {
      long first = moved(transform, schema, patient, 1) - 1;
      long second = moved(transform, schema, patient, 5 * day) - 5 * day;
      assertThat(second).isEqualTo(first).isNotZero().isBetween(-30 * day, 30 * day);
      shifts[patient] = first;
    }
    assertThat(Arrays.stream(shifts).distinct().count()).isGreaterThan(20);
  }

  private static long moved(
      Obfuscate.Value<SourceRecord> transform, Schema schema, int patient, long at) {
    Struct row =
        new Struct(schema).put("id", (int) (at % 1000)).put("patient", patient).put("at", at);
    return Rows.after(transform.apply(Rows.event(null, null, row))).getInt64("at");
  }

  private static Struct row(String phone) {
    return new Struct(ROW)
        .put("id", 7)
        .put("phone", phone)
        .put("email", "anna21@gmail.com")
        .put("note", "free");
  }
}
