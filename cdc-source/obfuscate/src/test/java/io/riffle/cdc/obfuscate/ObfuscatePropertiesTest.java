package io.riffle.cdc.obfuscate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Generated rows; the seed is the test's argument. */
class ObfuscatePropertiesTest {
  private static final String RULES =
      """
      rules:
        users.phone: phone
        users.email: email
        users.text: hash
        users.name: name
        users.date: date-shift 40
        users.written: date-shift 40
        users.amount: hash
        users.number: hash
        users.json: hash
        users.part$..secret: hash
        users.texts: hash
        users.bytes: hash
      """;

  /** Shorter ones are in other texts by chance. */
  private static final int TELLING = 6;

  private static final Schema ROW =
      Rows.optional(
          SchemaBuilder.struct()
              .name("Value")
              .field("phone", Rows.text())
              .field("email", Rows.text())
              .field("text", Rows.text())
              .field("name", Rows.text())
              .field("date", Rows.named(Schema.Type.INT32, "io.debezium.time.Date"))
              .field("written", Rows.text())
              .field("amount", Rows.typed(Schema.Type.STRING, "NUMERIC"))
              .field("number", Schema.OPTIONAL_INT64_SCHEMA)
              .field("json", Rows.named(Schema.Type.STRING, "io.debezium.data.Json"))
              .field("part", Rows.named(Schema.Type.STRING, "io.debezium.data.Json"))
              .field("texts", Rows.optional(SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA)))
              .field("bytes", Schema.OPTIONAL_BYTES_SCHEMA));

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noOriginalValueLeavesAndTheFormStays(long seed) throws Exception {
    Map<String, Object> originals = new LinkedHashMap<>();
    SourceRecord record = Rows.event(null, null, row(new Random(seed), originals));

    SourceRecord hidden = Rows.values(RULES).apply(record);

    Struct after = Rows.after(hidden);
    ((Struct) hidden.value()).validate();
    assertThat(hidden.valueSchema()).isSameAs(record.valueSchema());
    String leaving = text(after);
    originals.forEach(
        (column, original) -> {
          String text = text(original);
          if (text.length() >= TELLING) {
            assertThat(leaving.contains(text)).as("seed %d, column %s", seed, column).isFalse();
          }
        });
    ObjectMapper json = new ObjectMapper();
    json.readTree(after.getString("json"));
    json.readTree(after.getString("part"));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theSameKeyGivesTheSameAndAnotherKeyAnother(long seed) {
    Struct row = row(new Random(seed), new LinkedHashMap<>());
    SourceRecord record = Rows.event(null, row, row);

    SourceRecord first = Rows.values(RULES).apply(record);
    SourceRecord again = Rows.values(RULES).apply(record);
    SourceRecord other =
        Rows.configured(new Obfuscate.Value<>(), RULES, "another key of enough length")
            .apply(record);

    assertThat(text(Rows.after(again))).isEqualTo(text(Rows.after(first)));
    assertThat(text(((Struct) first.value()).getStruct("before")))
        .isEqualTo(text(Rows.after(first)));
    assertThat(Rows.after(other).get("text")).isNotEqualTo(Rows.after(first).get("text"));
    assertThat(Rows.after(other).get("number")).isNotEqualTo(Rows.after(first).get("number"));
  }

  private static Struct row(Random random, Map<String, Object> originals) {
    originals.put("phone", digits(random, 7 + random.nextInt(6)));
    originals.put("email", word(random) + random.nextInt(99) + "@" + word(random) + ".com");
    originals.put("text", anything(random));
    originals.put("name", word(random) + " " + word(random));
    originals.put("date", random.nextInt(20_000));
    originals.put("written", LocalDate.ofEpochDay(random.nextInt(20_000)) + " 10:11:12");
    originals.put("amount", digits(random, 7) + "." + digits(random, 2));
    originals.put("number", 100_000 + random.nextLong(1L << 40));
    String secret = anything(random);
    originals.put("json", "{\"k\": " + JsonText.quote(anything(random)) + "}");
    String part = "{\"a\": [{\"secret\": " + JsonText.quote(secret) + "}]}";
    originals.put("texts", List.of(anything(random), anything(random)));
    byte[] bytes = new byte[8 + random.nextInt(40)];
    random.nextBytes(bytes);
    originals.put("bytes", bytes);
    Struct row = new Struct(ROW);
    originals.forEach(row::put);
    originals.put("secret", secret);
    return row.put("part", part);
  }

  private static String anything(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> word(random) + "***" + word(random);
      case 1 -> "9".repeat(1 + random.nextInt(20));
      case 2 -> random.ints(12, 0, 0xd7ff).mapToObj(Character::toString).reduce("", String::concat);
      default -> word(random) + "@***." + word(random);
    };
  }

  private static String word(Random random) {
    return random
        .ints(3 + random.nextInt(9), 'a', 'z' + 1)
        .mapToObj(Character::toString)
        .reduce("", String::concat);
  }

  private static String digits(Random random, int count) {
    return random.ints(count, 1, 10).mapToObj(String::valueOf).reduce("", String::concat);
  }

  private static String text(Object value) {
    if (value instanceof Struct struct) {
      List<String> texts = new ArrayList<>();
      struct.schema().fields().forEach(field -> texts.add(text(struct.get(field))));
      return String.join("\n", texts);
    }
    if (value instanceof byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes)
          + new String(bytes, StandardCharsets.ISO_8859_1);
    }
    return value instanceof List<?> list
        ? list.stream().map(Object::toString).reduce("", String::concat)
        : String.valueOf(value);
  }
}
