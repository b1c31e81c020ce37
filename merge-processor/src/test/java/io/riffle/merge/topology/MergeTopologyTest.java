package io.riffle.merge.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.schemas.control.MergedBarrier;
import io.riffle.schemas.control.MergedDelete;
import io.riffle.schemas.control.Parked;
import io.riffle.schemas.control.Reject;
import io.riffle.schemas.control.Version;
import io.riffle.schemas.registry.RegistryUnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeTopologyTest {
  private static final long KEY = -100_000_486;
  private static final int MAX_RECORD_BYTES = 2_000;

  @TempDir private Path stateDir;
  private TypeDriver driver;

  @BeforeEach
  void open() {
    driver = new TypeDriver(stateDir, MAX_RECORD_BYTES);
  }

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void fullRecordGoesToTheMergedTopicUnderItsKey() {
    driver.send(KEY, full(1, "a"), 1);

    List<TypeDriver.Out> merged = driver.merged();
    assertThat(merged).hasSize(1);
    assertThat(merged.get(0).key()).isEqualTo("" + KEY);
    assertThat(merged.get(0).name()).isEqualTo("io.riffle.merged.Small");
    assertThat(merged.get(0).value().get("req")).hasToString("a");
    assertThat(merged.get(0).envelope().get("known")).isEqualTo(false);
    assertThat(driver.parked()).isEmpty();
    assertThat(driver.rejects()).isEmpty();
  }

  @Test
  void barrierStandsBehindItsRecordsOnEachTopicWithTheTotals() {
    Given first = full(2, "a");
    driver.send(KEY, first, 1);
    driver.send(KEY, first, 1);
    driver.send(KEY + 1, sameFile(first, merge(2, 1)), 1);
    driver.barrier(GivenAvro.file(first), 1, 2);
    driver.send(KEY, full(3, "b"), 1);

    List<TypeDriver.Out> merged = driver.merged();
    assertThat(merged.stream().map(TypeDriver.Out::name))
        .containsExactly(
            "io.riffle.merged.Small", "io.riffle.control.MergedBarrier", "io.riffle.merged.Small");
    MergedBarrier expected =
        new MergedBarrier(
            GivenAvro.file(first), 1, "SMALL", 0, 2, 2, 1, 0, 1, 1, 0, Optional.of(0L));
    assertThat(merged.get(1).as(MergedBarrier.class)).isEqualTo(expected);
    List<TypeDriver.Out> parked = driver.parked();
    assertThat(parked).hasSize(2);
    assertThat(parked.get(1).as(MergedBarrier.class)).isEqualTo(expected);
    assertThat(parked.get(1).key()).isEqualTo("barrier/" + GivenAvro.file(first) + "/1/0");
    assertThat(driver.rejects().get(0).as(MergedBarrier.class)).isEqualTo(expected);
  }

  @Test
  void barrierAgainGivesTheSameTotalsAndRecordsAgainAreCountedFromZero() {
    Given record = full(1, "a");
    long file = GivenAvro.file(record);
    driver.send(KEY, record, 1);
    driver.barrier(file, 1, 1);
    driver.barrier(file, 1, 1);
    driver.send(KEY, record, 1);
    driver.barrier(file, 1, 1);

    List<MergedBarrier> barriers =
        driver.rejects().stream().map(out -> out.as(MergedBarrier.class)).toList();
    assertThat(barriers.stream().map(MergedBarrier::applied)).containsExactly(1L, 1L, 0L);
    assertThat(barriers.stream().map(MergedBarrier::duplicate)).containsExactly(0L, 0L, 1L);
    assertThat(barriers.stream().map(MergedBarrier::seen)).containsOnly(1L);
  }

  @Test
  void attemptsAreCountedApartAndClosedOnesForgottenAfterAWeek() {
    Given record = full(1, "a");
    long file = GivenAvro.file(record);
    driver.send(KEY, record, 1);
    driver.barrier(file, 1, 1);
    driver.send(KEY, record, 2);
    driver.barrier(file, 2, 1);
    driver.later(AttemptTotals.KEPT.plus(Duration.ofMinutes(1)));
    driver.barrier(file + 1, 1, 0);
    driver.barrier(file, 1, 1);

    assertThat(driver.rejects().stream().map(out -> out.as(MergedBarrier.class).seen()))
        .containsExactly(1L, 1L, 0L, 0L);
  }

  @Test
  void patchWaitsUntilItsKeyExists() {
    driver.send(KEY, merge(2, 1), 1);
    assertThat(driver.merged()).isEmpty();
    TypeDriver.Out waiting = driver.parked().get(0);
    assertThat(waiting.key()).isEqualTo("SMALL|" + KEY);
    assertThat(waiting.as(Parked.class).fields())
        .extracting(Parked.ParkedField::column)
        .containsExactly("opt", "l_opt");

    driver.send(KEY, full(1, "a"), 1);

    assertThat(driver.parked().get(0).as(Parked.class).fields()).isEmpty();
    GenericRecord row = driver.merged().get(0).value();
    assertThat(row.get("opt")).hasToString("p");
  }

  @Test
  void deleteGoesOutAsAValueAlsoForAnUnseenKey() {
    driver.send(KEY, new Given(version(5), Given.Kind.DELETE, Map.of(), Map.of()), 1);

    MergedDelete delete = driver.merged().get(0).as(MergedDelete.class);
    assertThat(delete.key()).isEqualTo("" + KEY);
    assertThat(delete.deleted()).isEqualTo(version(5));
  }

  @Test
  void undecodableRecordsAreRejectedWithTheirPlaceAndTheStreamGoesOn() {
    driver.send("1", null, new RecordHeaders());
    driver.send("2", new byte[] {9, 9}, new RecordHeaders());
    driver.send("3", new byte[] {0, 0, 0, 9, 9, 1}, new RecordHeaders());
    driver.send(KEY, full(1, "a"), 1);

    List<TypeDriver.Out> rejects = driver.rejects();
    assertThat(rejects.stream().map(TypeDriver.Out::key))
        .containsExactly("test.rif.small/0/0", "test.rif.small/0/1", "test.rif.small/0/2");
    Reject reject = rejects.get(1).as(Reject.class);
    assertThat(reject.file()).isEmpty();
    assertThat(reject.stage()).isEqualTo(Reject.Stage.MERGE);
    assertThat(reject.reason()).isEqualTo("UNDECODABLE");
    assertThat(reject.topic()).contains("test.rif.small");
    assertThat(reject.offset()).isEqualTo(1);
    assertThat(reject.raw().array()).containsExactly(9, 9);
    assertThat(driver.merged()).hasSize(1);
  }

  @Test
  void damagedRecordOfAKnownFileIsCountedForIt() {
    Given record = full(1, "a");
    long file = GivenAvro.file(record);
    GivenAvro.Raw raw =
        new GivenAvro(driver.registry(), SmallLayout.withLines(), KEY)
            .write(record, 1, new Random(1));
    driver.send("" + KEY, Arrays.copyOf(raw.value(), raw.value().length - 1), raw.schema());
    driver.barrier(file, 1, 1);

    List<TypeDriver.Out> rejects = driver.rejects();
    assertThat(rejects.get(0).key()).isEqualTo(file + "/1/1");
    assertThat(rejects.get(0).as(Reject.class).file()).contains(file);
    assertThat(rejects.get(1).as(MergedBarrier.class).rejected()).isEqualTo(1);
    assertThat(driver.merged().get(0).name()).isEqualTo("io.riffle.control.MergedBarrier");
  }

  @Test
  void recordThatWouldBeTooLargeIsRejectedAndLeavesTheKeyAsItWas() {
    driver.send(KEY, full(1, "a"), 1);
    driver.send(KEY, full(2, "x".repeat(MAX_RECORD_BYTES)), 1);
    driver.send(KEY, merge(3, 1), 1);

    assertThat(driver.rejects().get(0).as(Reject.class).reason()).isEqualTo("RECORD_TOO_LARGE");
    List<TypeDriver.Out> merged = driver.merged();
    assertThat(merged).hasSize(2);
    assertThat(merged.get(1).value().get("req")).hasToString("a");
  }

  @Test
  void redrivenRecordThatIsKnownIsAnsweredWithTheKeyAsItStands() {
    Given older = full(1, "a");
    driver.send(KEY, older, 1);
    driver.send(KEY, full(2, "b"), 1);
    driver.merged();
    driver.redrive(KEY, older, 2);
    driver.barrier(GivenAvro.file(older), 2, 1);

    List<TypeDriver.Out> merged = driver.merged();
    assertThat(merged).hasSize(2);
    assertThat(merged.get(0).value().get("req")).hasToString("b");
    GenericRecord origin = (GenericRecord) merged.get(0).envelope().get("origin");
    assertThat(origin.get("attempt")).isEqualTo(2);
    assertThat(merged.get(1).as(MergedBarrier.class).applied()).isEqualTo(1);
  }

  @Test
  void redrivenPatchGoesOutThoughOneOfItsLinesIsStillMissing() {
    driver.send(KEY, full(1, "a"), 1);
    driver.send(KEY, merge(2, 7), 1);
    driver.merged();
    driver.redrive(KEY, merge(2, 7), 2);

    List<TypeDriver.Out> merged = driver.merged();
    assertThat(merged).hasSize(1);
    assertThat(merged.get(0).value().get("opt")).hasToString("p");
  }

  @Test
  void redrivenDeleteIsSentAgainUnlessTheKeyCameBack() {
    Given delete = new Given(version(2), Given.Kind.DELETE, Map.of(), Map.of());
    driver.send(KEY, full(1, "a"), 1);
    driver.send(KEY, delete, 1);
    driver.merged();
    driver.redrive(KEY, delete, 2);
    driver.redrive(KEY, full(1, "a"), 2);

    List<TypeDriver.Out> merged = driver.merged();
    assertThat(merged).as("the put before the delete stays gone").hasSize(1);
    assertThat(merged.get(0).as(MergedDelete.class).deleted()).isEqualTo(version(2));

    driver.send(KEY, full(3, "c"), 1);
    driver.redrive(KEY, delete, 3);

    assertThat(driver.merged()).as("only the put").hasSize(1);
  }

  @Test
  void redrivenPatchOfAKeyThatIsMissingWaitsAsBefore() {
    driver.send(KEY, merge(2, 1), 1);
    driver.parked();
    driver.redrive(KEY, merge(2, 1), 2);
    driver.barrier(GivenAvro.file(merge(2, 1)), 2, 1);

    assertThat(driver.merged()).hasSize(1);
    assertThat(driver.parked().get(0).as(MergedBarrier.class).parked()).isEqualTo(1);
  }

  @Test
  void registryThatIsAwayStopsTheTaskAndRejectsNothing() {
    Given record = full(1, "a");
    GivenAvro.Raw raw =
        new GivenAvro(driver.registry(), SmallLayout.withLines(), KEY)
            .write(record, 1, new Random(1));
    driver.registry().available(false);

    assertThatThrownBy(() -> driver.send("" + KEY, raw.value(), raw.schema()))
        .isInstanceOf(StreamsException.class)
        .hasRootCauseInstanceOf(RegistryUnavailableException.class);
    driver.registry().available(true);
    assertThat(driver.rejects()).isEmpty();
  }

  private static Given full(int version, String req) {
    Map<String, Optional<String>> header = new HashMap<>();
    header.put("req", Optional.of(req));
    header.put("req_num", Optional.of("n"));
    header.put("opt", Optional.empty());
    header.put("opt_num", Optional.empty());
    Map<String, Optional<String>> line =
        Map.of("l_req", Optional.of("l"), "l_opt", Optional.of("m"), "l_opt_num", Optional.empty());
    return new Given(version(version), Given.Kind.FULL, header, Map.of(2, line, 1, line));
  }

  private static Given merge(int version, int line) {
    return new Given(
        version(version),
        Given.Kind.MERGE,
        Map.of("opt", Optional.of("p")),
        Map.of(line, Map.of("l_opt", Optional.of("q"))));
  }

  /** Files are told apart by version here; the same version is the same file. */
  private static Given sameFile(Given as, Given record) {
    return new Given(as.version(), record.kind(), record.header(), record.lines());
  }

  private static Version version(int number) {
    return new Version(number, 0, 0, 0, 1);
  }
}
