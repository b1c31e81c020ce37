package io.riffle.cdc.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written to a file comes back as it was. */
class CellTextTest {

  @Test
  void valuesOfEveryTypeComeBack() {
    Schema envelope = SampleEvents.schema("");
    for (GenericRecord row : SampleEvents.awkward(envelope)) {
      for (Schema.Field field : row.getSchema().getFields()) {
        Object value = row.get(field.pos());
        if (value != null) {
          String text = CellText.of(field.schema(), value);
          assertThat(CellText.parse(field.schema(), text)).as(field.name()).isEqualTo(value);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "io.debezium.time.Date,int,18000,2019-04-14",
    "io.debezium.time.Date,int,-800000,-800000",
    "io.debezium.time.MicroTimestamp,long,1582000000123456,2020-02-18T04:26:40.123456",
    "io.debezium.time.MicroTimestamp,long,9223372036825200000,9223372036825200000",
    "io.debezium.time.Timestamp,long,-1,1969-12-31T23:59:59.999",
    "io.debezium.time.MicroTime,long,86400000000,24:00",
    "io.debezium.time.Time,int,1000,00:00:01"
  })
  void datesAndTimesAreReadable(String meaning, String type, long value, String text) {
    Schema schema =
        new Schema.Parser()
            .parse("{\"type\":\"%s\",\"connect.name\":\"%s\"}".formatted(type, meaning));

    assertThat(CellText.of(schema, value)).isEqualTo(text);
    assertThat(((Number) CellText.parse(schema, text)).longValue()).isEqualTo(value);
  }

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void rowsOfAnyTextComeBack(long seed) throws IOException {
    Random random = new Random(seed);
    List<List<String>> rows = new ArrayList<>();
    StringWriter out = new StringWriter();
    for (int i = 0; i < 20; i++) {
      List<String> row = row(random);
      rows.add(row);
      CsvText.write(out, row);
    }

    StringReader in = new StringReader(out.toString());

    for (List<String> row : rows) {
      assertThat(CsvText.read(in)).as("seed %d", seed).isEqualTo(row);
    }
    assertThat(CsvText.read(in)).isNull();
  }

  @Test
  void nullIsNothingAndEmptyIsQuotesAndNothingIsChanged() throws IOException {
    StringWriter out = new StringWriter();

    CsvText.write(out, Arrays.asList(null, "", "=1+1", "-2", "@x", "+3", "a\"b"));

    assertThat(out).hasToString(",\"\",\"=1+1\",\"-2\",\"@x\",\"+3\",\"a\"\"b\"\n");
  }

  @ParameterizedTest
  @CsvSource({"'\"a'", "'\"a\"b'", "'a,b\n'", "'\"a\",'"})
  void otherTextIsRefused(String text) {
    assertThatThrownBy(() -> CsvText.read(new StringReader(text)))
        .isInstanceOf(CsvText.MalformedException.class);
  }

  private static List<String> row(Random random) {
    String alphabet = "a\",\n\r\\'= \u00e9\ud83d\ude00";
    List<String> row = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      StringBuilder cell = new StringBuilder();
      random
          .ints(random.nextInt(6), 0, alphabet.length())
          .forEach(at -> cell.append(alphabet.charAt(at)));
      row.add(random.nextInt(4) == 0 ? null : cell.toString());
    }
    return row;
  }
}
