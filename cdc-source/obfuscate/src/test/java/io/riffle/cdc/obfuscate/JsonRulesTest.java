package io.riffle.cdc.obfuscate;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

/** Rules for members of JSON and of nested columns. */
class JsonRulesTest {
  private static final Schema JSON = Rows.named(Schema.Type.STRING, "io.debezium.data.Json");

  @Test
  void hidesTheMembersOfItsPathsAndLeavesTheRestAsItIsWritten() {
    String json =
        "{ \"id\": 1.50, \"contact\": {\"phone\": \"9858712312\", \"e\\u006dail\": \"anna21@gmail.com\"},"
            + " \"phones\": [\"9858712312\", null, true, \"9858712399\"], \"note\": \"l\\u00f6b \\\"x\\\"\"}";

    String hidden =
        hidden(
            json,
            """
            rules:
              users.c$.contact.phone: phone
              users.c$.contact.email: email
              users.c$.phones[*]: phone
            """);

    assertThat(hidden)
        .isEqualTo(
            "{ \"id\": 1.50, \"contact\": {\"phone\": \"985***12\", \"e\\u006dail\": \"a21@g***.com\"},"
                + " \"phones\": [\"985***12\", null, true, \"985***99\"], \"note\": \"löb \\\"x\\\"\"}");
  }

  @Test
  void theColumnsOwnRuleIsForTheRest() {
    String hidden =
        hidden(
            "{\"kind\":\"report\",\"who\":{\"name\":\"Anna Berg\",\"zip\":12345},\"scan\":{\"a\":[1]}}",
            """
            rules:
              users.c$.kind: keep
              users.c$.scan: null
              users.c: hash
            """);

    assertThat(hidden)
        .matches(
            "\\{\"kind\":\"report\",\"who\":\\{\"name\":\"[0-9a-f]{16}\",\"zip\":\\d{5}},\"scan\":null}")
        .doesNotContain("Anna", "12345");
  }

  @Test
  void withoutAPathTheWholeIsHashedAsAJsonString() {
    assertThat(hidden("{\"a\": 1}", "rules:\n  users.c: hash\n")).matches("\"[0-9a-f]{16}\"");
  }

  @Test
  void whatIsNotJsonIsHashedAsAWhole() {
    String rules = "rules:\n  users.c$.a: phone\n";

    for (String text : new String[] {"{\"a\": ", "[1,]", "{a:1}", "tru", "{}x", "[".repeat(2000)}) {
      assertThat(hidden(text, rules)).as(text).matches("\"[0-9a-f]{16}\"");
    }
  }

  @Test
  void nestedColumnsHaveRulesByPath() {
    Schema inner =
        Rows.optional(SchemaBuilder.struct().field("phone", Rows.text()).field("n", Rows.text()));
    Schema outer =
        Rows.optional(SchemaBuilder.struct().field("who", inner).field("kind", Rows.text()));
    Struct value =
        new Struct(outer)
            .put("who", new Struct(inner).put("phone", "9858712312").put("n", "free"))
            .put("kind", "x");
    Schema rows = Rows.optional(SchemaBuilder.struct().name("Value").field("c", outer));

    Struct hidden =
        Rows.after(
                Rows.values("rules:\n  users.c$.who.phone: phone\n")
                    .apply(Rows.event(null, null, new Struct(rows).put("c", value))))
            .getStruct("c");

    assertThat(hidden.getStruct("who").get("phone")).isEqualTo("985***12");
    assertThat(hidden.getStruct("who").get("n")).isEqualTo("free");
    assertThat(hidden.get("kind")).isEqualTo("x");
  }

  private static String hidden(String json, String rules) {
    Schema rows = Rows.optional(SchemaBuilder.struct().name("Value").field("c", JSON));
    Struct row = new Struct(rows).put("c", json);
    return Rows.after(Rows.values(rules).apply(Rows.event(null, null, row))).getString("c");
  }
}
