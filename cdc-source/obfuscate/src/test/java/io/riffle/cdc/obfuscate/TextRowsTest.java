package io.riffle.cdc.obfuscate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.cdc.obfuscate.TextRows.Column;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.api.Test;

/** Rows that no Connect worker sees become what the transform would make of them. */
class TextRowsTest {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("id", "int4", 0, Optional.empty()),
          new Column("phone", "varchar", 20, Optional.empty()),
          new Column("born", "date", 0, Optional.empty()),
          new Column("seen", "timestamptz", 0, Optional.empty()),
          new Column("note", "text", 0, Optional.empty()));
  private static final String RULES =
      """
      rules:
        users.id: hash
        users.phone: phone
        users.born: date-shift 30 by note
        users.seen: date-shift 30 by note
      """;

  @Test
  void becomeWhatTheTransformMakesOfThem() {
    TextRows rows = TextRows.of(config(), "public", "users", COLUMNS);

    List<String> hidden =
        rows.hide(
            Arrays.asList("4711", "9858712312", "1990-01-31", "2020-02-28 10:11:12.5+00", "n"));

    assertThat(hidden.get(0))
        .isEqualTo(Rows.hidden(Schema.OPTIONAL_INT64_SCHEMA, 4711L, "hash").toString());
    assertThat(hidden.get(1)).isEqualTo("985***12");
    assertThat(hidden.get(2)).matches("\\d{4}-\\d\\d-\\d\\d").isNotEqualTo("1990-01-31");
    assertThat(hidden.get(3)).endsWith(" 10:11:12.5+00").doesNotContain("2020-02-28");
    assertThat(hidden.get(4)).isEqualTo("n");
    assertThat(rows.hide(Arrays.asList(null, null, "infinity", null, null)))
        .containsExactly(null, null, "infinity", null, null);
  }

  @Test
  void labelsOfEnumsStayLabelsAndKeysOfRowsNeedTheSecret() {
    Column mood = new Column("note", "\"APP\".\"MOOD\"", 0, Optional.of("glad,in between"));
    TextRows rows = TextRows.of(rules("users.note: hash"), "public", "users", List.of(mood));
    TextRows others =
        TextRows.of(
            Map.of("rules", "rules:\n  users.note: hash\n", "secret", "another key, long enough"),
            "public",
            "users",
            List.of(mood));
    byte[] line = "glad\n".getBytes(StandardCharsets.UTF_8);

    assertThat(rows.hide(List.of("glad"))).containsExactly("in between");
    assertThat(rows.rowKey(line)).matches("[0-9a-f]{32}").isEqualTo(rows.rowKey(line));
    assertThat(others.rowKey(line)).isNotEqualTo(rows.rowKey(line));
  }

  /** Rows read as a whole have every value: none stands for one that was not sent. */
  @Test
  void noTextIsLeftAlone() {
    List<Column> one = List.of(new Column("note", "text", 0, Optional.empty()));
    TextRows rows = TextRows.of(rules("users.note: hash"), "public", "users", one);

    for (String text : List.of("00", "\0", "\"\0\"", "__debezium_unavailable_value")) {
      assertThat(rows.hide(List.of(text)).get(0)).matches("[0-9a-f]{16}");
    }
  }

  @Test
  void aSensitiveColumnWithoutARuleRefusesTheTable() {
    List<Column> wider =
        List.of(
            new Column("id", "int4", 0, Optional.empty()),
            new Column("ssn", "text", 0, Optional.empty()));

    assertThatThrownBy(() -> TextRows.of(config(), "public", "users", wider))
        .hasMessageContaining("public.users.ssn is sensitive and has no rule");
  }

  private static Map<String, String> config() {
    return Map.of("rules", RULES, "secret", Rows.KEY);
  }

  private static Map<String, String> rules(String rule) {
    return Map.of("rules", "rules:\n  " + rule + "\n", "secret", Rows.KEY);
  }
}
