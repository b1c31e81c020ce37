package io.riffle.producer.rif;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Level;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The rules of docs/how-we-read-rif.md, case by case. */
class RulesTest {

  @TestFactory
  Stream<DynamicTest> files() throws IOException {
    return Cases.of("rows.yaml").map(test -> named(test, () -> checkFile(test)));
  }

  @TestFactory
  Stream<DynamicTest> headers() throws IOException {
    return Cases.of("headers.yaml").map(test -> named(test, () -> checkHeader(test)));
  }

  @TestFactory
  Stream<DynamicTest> values() throws IOException {
    return Cases.of("values.yaml").map(test -> named(test, () -> checkValue(test)));
  }

  private static DynamicTest named(JsonNode test, org.junit.jupiter.api.function.Executable check) {
    String name = test.path("rule").asText() + ": " + test.path("column").asText();
    return DynamicTest.dynamicTest(name, check);
  }

  private static void checkFile(JsonNode test) {
    TestFile file = Cases.file(test);
    FilePlan plan = (FilePlan) file.plan(Cases.unknown(test), SplitLimits.DEFAULT);
    Outcomes outcomes = new Outcomes(plan.schema());
    SplitReader reader = file.reader(plan);
    plan.splits().forEach(split -> file.read(reader, split, outcomes));
    List<String> expected =
        StreamSupport.stream(test.path("records").spliterator(), false)
            .map(JsonNode::asText)
            .toList();
    assertThat(outcomes.all.stream().map(Shown::outcome)).isEqualTo(expected);
    assertThat(plan.records()).isEqualTo(expected.size());
  }

  private static void checkHeader(JsonNode test) {
    FileReading reading = Cases.file(test).plan(Cases.unknown(test), SplitLimits.DEFAULT);
    assertThat(reading).isInstanceOf(FileProblem.class);
    FileProblem problem = (FileProblem) reading;
    String column = problem.column().map(name -> " " + name).orElse("");
    assertThat(problem.reason() + column).isEqualTo(test.path("is").asText());
    assertThat(problem.detail()).isNotBlank();
  }

  private static void checkValue(JsonNode test) {
    Layout layout = Cases.layout(test);
    Column column = layout.byName().get(test.path("column").asText());
    String text = test.path("text").asText();
    boolean full = test.path("full").asBoolean();
    String content =
        full
            ? FullRow.header(layout) + new FullRow(layout).with(column.name(), text).line()
            : mergeFile(layout, column, text);
    Outcomes outcomes = TestFile.of(layout.type(), !full, content).read();
    assertThat(outcomes.all).hasSize(1);
    assertThat(shown(outcomes.all.get(0), column))
        .isEqualTo(test.has("bad") ? test.get("bad").asText() + " " + column.name() : is(test));
  }

  private static String is(JsonNode test) {
    return test.get("is").asText();
  }

  /** A file with the column, then the keys it needs. */
  private static String mergeFile(Layout layout, Column column, String text) {
    boolean line = column.level() == Level.LINE;
    String lineKey = layout.lineKey().map(Column::name).orElse("");
    boolean withLineKey = line && !column.name().equals(lineKey);
    return column.name()
        + (withLineKey ? "|" + lineKey : "")
        + "|"
        + layout.key().name()
        + "\n"
        + text
        + (withLineKey ? "|1" : "")
        + "|7\n";
  }

  private static String shown(Outcome outcome, Column column) {
    if (outcome instanceof Outcome.Rejected rejected) {
      return rejected.reason() + " " + rejected.column().orElse("-");
    }
    GenericRecord record = ((Outcome.Accepted) outcome).record();
    if (record.getSchema().getField(column.sqlName()) == null) {
      record = (GenericRecord) ((List<?>) record.get(RecordSchemas.LINES)).get(0);
    }
    Schema.Field field = record.getSchema().getField(column.sqlName());
    return Shown.value(field.schema(), record.get(field.pos()));
  }
}
