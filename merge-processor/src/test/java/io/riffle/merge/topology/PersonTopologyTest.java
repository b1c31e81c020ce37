package io.riffle.merge.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.control.MergedBarrier;
import io.riffle.schemas.control.Parked;
import io.riffle.schemas.control.Reject;
import io.riffle.schemas.control.Version;
import io.riffle.schemas.layout.Layout;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two raw topics whose records meet in one state. */
class PersonTopologyTest {
  private static final long KEY = -100_000_486;
  private static final int MAX_RECORD_BYTES = 2_000;

  private final Layout persons = SmallLayout.persons();
  private final Layout formers = SmallLayout.formers();

  @TempDir private Path stateDir;
  private TypeDriver driver;

  @BeforeEach
  void open() {
    driver = new TypeDriver(stateDir, MAX_RECORD_BYTES, persons, formers);
  }

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void typeThatJoinsAnotherHasNoSubTopologyOfItsOwn() {
    assertThat(driver.topology().subtopologies()).hasSize(1);
  }

  @Test
  void yearsAndFormerIdentitiesAreInThePersonsRecord() {
    driver.send(KEY, full(1, "a", 2020), 1);
    driver.send(KEY, full(2, "b", 2021), 1);
    driver.send(formers, KEY, former(3, "c"), 1);

    List<TypeDriver.Out> merged = driver.merged();
    assertThat(merged).hasSize(3).allMatch(out -> out.key().equals("" + KEY));
    GenericRecord person = merged.get(2).value();
    assertThat((List<?>) person.get("lines"))
        .extracting(year -> GivenAvro.lineNumber(((GenericRecord) year).get("yr")))
        .containsExactly(2020, 2021);
    assertThat((List<?>) person.get("history"))
        .extracting(row -> ((GenericRecord) row).get("birth").toString())
        .containsExactly("a", "c");
    assertThat((List<?>) person.get("history"))
        .extracting(row -> ((GenericRecord) row).get("record").toString())
        .containsExactly(version(1).text(), version(3).text());
    assertThat(merged.stream().map(out -> out.envelope().get("linesHash")))
        .as("a hash of years and history")
        .doesNotHaveDuplicates();
  }

  @Test
  void formerIdentityWaitsUnderThePersonsKey() {
    driver.send(formers, KEY, former(3, "c"), 1);

    assertThat(driver.merged()).isEmpty();
    TypeDriver.Out waiting = driver.parked().get(0);
    assertThat(waiting.key()).isEqualTo("PERSON|" + KEY);
    Parked.ParkedField row = waiting.as(Parked.class).fields().get(0);
    assertThat(row.line()).isEmpty();
    assertThat(row.column()).isEqualTo("history");
    assertThat(row.version()).isEqualTo(version(3));
    assertThat(row.file()).isEqualTo(GivenAvro.file(former(3, "c")));
    // birth "c", mbi and end null
    assertThat(row.value().array()).endsWith(2, 'c', 0, 0);

    driver.send(KEY, full(1, "a", 2020), 1);

    assertThat(driver.parked().get(0).as(Parked.class).fields()).isEmpty();
    assertThat((List<?>) driver.merged().get(0).value().get("history")).hasSize(1);
  }

  @Test
  void barriersOfEitherTopicGoWhereThePersonsGo() {
    Given person = full(1, "a", 2020);
    Given former = former(2, "c");
    driver.send(formers, KEY, former, 1);
    driver.send(KEY, person, 1);
    driver.send(formers, KEY, former, 1);
    driver.barrier(formers, GivenAvro.file(former), 1, 2);
    driver.barrier(GivenAvro.file(person), 1, 1);

    MergedBarrier ofFormers =
        new MergedBarrier(
            GivenAvro.file(former), 1, "PERSON_HISTORY", 0, 2, 2, 0, 0, 1, 1, 0, Optional.of(0L));
    MergedBarrier ofPersons =
        new MergedBarrier(
            GivenAvro.file(person), 1, "PERSON", 0, 2, 1, 1, 0, 0, 0, 0, Optional.of(0L));
    assertThat(barriers(driver.merged())).containsExactly(ofFormers, ofPersons);
    assertThat(barriers(driver.parked())).containsExactly(ofFormers, ofPersons);
    assertThat(barriers(driver.rejects())).containsExactly(ofFormers, ofPersons);
  }

  @Test
  void badRecordsAreRejectedUnderTheTypeOfTheirTopic() {
    driver.send(formers, "1", new byte[] {9}, new RecordHeaders());
    Given delete = new Given(version(1), Given.Kind.DELETE, Map.of(), Map.of());
    driver.send(formers, KEY, delete, 1);
    driver.send(formers, KEY, former(2, "c".repeat(MAX_RECORD_BYTES)), 1);

    List<Reject> rejects = driver.rejects().stream().map(out -> out.as(Reject.class)).toList();
    assertThat(rejects).extracting(Reject::type).containsOnly("PERSON_HISTORY");
    assertThat(rejects)
        .extracting(Reject::reason)
        .containsExactly("UNDECODABLE", "UNDECODABLE", "RECORD_TOO_LARGE");
    assertThat(rejects)
        .extracting(Reject::topic)
        .containsOnly(Optional.of("test.rif.person_history"));
    assertThat(driver.merged()).isEmpty();
  }

  private static List<MergedBarrier> barriers(List<TypeDriver.Out> records) {
    return records.stream()
        .filter(out -> out.name().endsWith("MergedBarrier"))
        .map(out -> out.as(MergedBarrier.class))
        .toList();
  }

  private static Given full(int version, String birth, int year) {
    Map<String, Optional<String>> header = new HashMap<>();
    header.put("name", Optional.of("n"));
    header.put("birth", Optional.of(birth));
    header.put("yr", Optional.of("" + year));
    return new Given(
        version(version), Given.Kind.FULL, header, Map.of(year, Map.of("m_1", Optional.of("m"))));
  }

  private static Given former(int version, String birth) {
    return new Given(
        version(version), Given.Kind.HISTORY, Map.of("birth", Optional.of(birth)), Map.of());
  }

  private static Version version(int number) {
    return new Version(number, 0, 0, 0, 1);
  }
}
