package io.riffle.cdc.obfuscate;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a hash looks like in columns of each type. */
class HashTest {

  @Test
  void ofTextIsHexadecimalAndCutToTheColumn() {
    Schema narrow =
        Rows.optional(
            new SchemaBuilder(Schema.Type.STRING)
                .parameter(Form.TYPE, "VARCHAR")
                .parameter(Form.LENGTH, "5"));

    assertThat(Rows.hidden(Rows.text(), "Anna", "hash").toString()).matches("[0-9a-f]{16}");
    assertThat(Rows.hidden(Rows.text(), "Anna", "hash 9").toString()).matches("[0-9a-f]{9}");
    assertThat(Rows.hidden(narrow, "Anna", "hash").toString()).matches("[0-9a-f]{5}");
    assertThat(Rows.hidden(Rows.text(), "", "hash")).isEqualTo("");
  }

  @ParameterizedTest
  @CsvSource({"123.45,5", "-0.07,1", "98765432109876543210.12,22", "17,2"})
  void ofANumberWrittenAsTextHasItsSignScaleAndDigits(String number, int digits) {
    Schema numeric = Rows.typed(Schema.Type.STRING, "NUMERIC");

    BigDecimal hidden = new BigDecimal(Rows.hidden(numeric, number, "hash").toString());

    BigDecimal given = new BigDecimal(number);
    assertThat(hidden.scale()).isEqualTo(given.scale());
    assertThat(hidden.signum()).isEqualTo(given.signum());
    assertThat(hidden.precision()).isEqualTo(digits);
    assertThat(hidden).isNotEqualTo(given);
  }

  @ParameterizedTest
  @CsvSource({"NaN", "Infinity", "0.00"})
  void ofNoNumberStays(String text) {
    assertThat(Rows.hidden(Rows.typed(Schema.Type.STRING, "NUMERIC"), text, "hash"))
        .isEqualTo(text);
  }

  @Test
  void ofAnIntegerIsTheSameInEveryWidthAndFitsIt() {
    for (short number : new short[] {1, 9, 10, 4711, 32767, -32767}) {
      Object narrow = Rows.hidden(Schema.OPTIONAL_INT16_SCHEMA, number, "hash");
      Object wide = Rows.hidden(Schema.OPTIONAL_INT64_SCHEMA, (long) number, "hash");
      Object text =
          Rows.hidden(Rows.typed(Schema.Type.STRING, "NUMERIC"), String.valueOf(number), "hash");
      assertThat(narrow).isInstanceOf(Short.class).hasToString(wide.toString());
      assertThat(text).hasToString(wide.toString());
      assertThat(narrow).isNotEqualTo(number);
    }
    Object large = Rows.hidden(Schema.OPTIONAL_INT32_SCHEMA, Integer.MAX_VALUE, "hash");
    assertThat((int) large).isGreaterThanOrEqualTo(1_000_000_000);
  }

  @Test
  void neverGivesOneNumberToTwo() {
    Numbers numbers = Secrets.with(Rows.KEY).numbers();
    Set<Long> seen = new HashSet<>();
    for (long number = 1; number < 120_000; number++) {
      long hidden = numbers.other(number);
      assertThat(seen.add(hidden)).as("number %d", number).isTrue();
      assertThat(hidden).isNotEqualTo(number);
      assertThat(Long.toString(hidden)).hasSameSizeAs(Long.toString(number));
    }
  }

  @Test
  void ofOtherTypesIsOfTheirType() {
    String uuid = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
    Schema mood =
        Rows.optional(
            new SchemaBuilder(Schema.Type.STRING)
                .name("io.debezium.data.Enum")
                .parameter("allowed", "glad,sad,calm"));

    Object hidden =
        Rows.hidden(Rows.named(Schema.Type.STRING, "io.debezium.data.Uuid"), uuid, "hash");
    assertThat(UUID.fromString(hidden.toString()).version()).isEqualTo(4);
    assertThat(hidden).isNotEqualTo(uuid);
    assertThat(Rows.hidden(mood, "sad", "hash")).isIn("glad", "calm");
    assertThat((byte[]) Rows.hidden(Schema.OPTIONAL_BYTES_SCHEMA, new byte[] {1, 2}, "hash"))
        .hasSize(16);
    assertThat((double) Rows.hidden(Schema.OPTIONAL_FLOAT64_SCHEMA, -12.5, "hash"))
        .isBetween(-16.0, -8.0)
        .isNotEqualTo(-12.5);
    Schema numbers = Rows.optional(SchemaBuilder.array(Schema.OPTIONAL_INT32_SCHEMA));
    List<?> items = (List<?>) Rows.hidden(numbers, Arrays.asList(4711, null), "hash");
    assertThat(items.get(0)).isInstanceOf(Integer.class).isNotEqualTo(4711);
    assertThat(items.get(1)).isNull();
  }

  @Test
  void keepsTelephoneNumbersNumbersInColumnsOfNumbers() {
    Object hidden = Rows.hidden(Schema.OPTIONAL_INT64_SCHEMA, 9_858_712_312L, "phone");

    assertThat(hidden.toString()).matches("985\\d{5}12").isNotEqualTo("9858712312");
  }
}
