package io.riffle.cdc.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.testing.UnsentValues;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AbsentTest {
  private static final String TEXT = "__riffle_4711";
  private final Absent absent = new Absent(TEXT);

  @Test
  void isKnownInEveryFormThatDebeziumGivesIt() {
    ByteBuffer bytes = ByteBuffer.wrap(UnsentValues.bytes(TEXT));

    assertThat(UnsentValues.texts(TEXT)).allMatch(absent::is);
    assertThat(UnsentValues.arrays(TEXT)).allMatch(absent::is);
    assertThat(absent.is(UnsentValues.numbers(TEXT))).isTrue();
    assertThat(absent.is(bytes)).isTrue();
    assertThat(absent.is(List.of(bytes))).isTrue();
    assertThat(UnsentValues.others(TEXT)).noneMatch(absent::is);
  }

  /** What is read back is a value of the column's type that stands for none. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"string\"",
        "\"bytes\"",
        "{\"type\": \"array\", \"items\": [\"null\", \"string\"]}",
        "{\"type\": \"array\", \"items\": [\"null\", \"int\"]}",
        "{\"type\": \"array\", \"items\": [\"null\", \"long\"]}",
        "{\"type\": \"array\", \"items\": [\"null\", \"bytes\"]}"
      })
  void isMadeForEveryTypeThatHasOne(String type) {
    Schema schema = new Schema.Parser().parse(type);

    Object made = absent.of(schema);

    assertThat(absent.is(made)).isTrue();
    assertThat(GenericData.get().validate(schema, made)).isTrue();
  }
}
