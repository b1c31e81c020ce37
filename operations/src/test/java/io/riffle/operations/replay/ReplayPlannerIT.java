package io.riffle.operations.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.operations.replay.ReplayPlanner.Planned;
import io.riffle.operations.replay.StartAt.Beginning;
import io.riffle.operations.replay.StartAt.ByDuration;
import io.riffle.operations.replay.StartAt.Offsets;
import io.riffle.operations.replay.StartAt.ToDatetime;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.S3Extension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestS3;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;

/** Plans: what they read, and what is refused with which reason. Real topics, database and S3. */
@Tag("full")
@Tag("stack")
@ExtendWith({PostgresExtension.class, KafkaExtension.class, S3Extension.class})
class ReplayPlannerIT {
  private static final Beginning BEGIN = new Beginning();

  private final PlanningFixture set;
  private final ReplayPlanner planner;
  private final ReplayLedger ledger;

  ReplayPlannerIT(TestKafka kafka, TestPostgres server, TestS3 s3) {
    set = new PlanningFixture(kafka, server.another(), s3);
    planner = new ReplayPlanner(set.site());
    ledger = new ReplayLedger(set.postgres.dataSource());
  }

  @BeforeEach
  void records() {
    set.merged(10);
    set.sinkHasRead();
  }

  @AfterEach
  void close() {
    set.close();
  }

  @Test
  void aTableIsItsTopicUpToWhereTheSinkIs() throws SQLException {
    set.merged(5); // which the sink has not read yet

    Planned planned = planner.plan(merge(new Scope.Table("partd_events"), BEGIN));

    assertThat(planned.status().state()).isEqualTo("PLANNED");
    assertThat(planned.status().topic()).isEqualTo(set.pde());
    assertThat(planned.status().planned()).isEqualTo(10);
    assertThat(planned.ranges()).allMatch(range -> range.from() == 0).hasSize(2);
    assertThat(planned.advice().tables()).containsExactly("ccw.partd_events");
    assertThat(planned.advice().doesNot()).anyMatch(text -> text.contains("--force does"));
    assertThat(planned.estimate().measured()).isFalse();
    assertThat(ledger.ranges(planned.status().id())).isEqualTo(planned.ranges());
    assertThat(ledger.list(5))
        .extracting(ReplayStatus::scope)
        .containsExactly("table partd_events");
  }

  @Test
  void theRateOfEarlierReplaysIsTheEstimate() throws SQLException {
    long id = planner.plan(merge(new Scope.Table("ccw.partd_events"), BEGIN)).status().id();
    set.postgres.execute(
        "UPDATE riffle.replays SET state = 'DONE', records_done = 10, run_at = now() - interval '2 s',"
            + " ended_at = now() WHERE replay_id = "
            + id);

    Planned planned = planner.plan(merge(new Scope.Table("partd_events"), BEGIN));

    assertThat(planned.estimate().measured()).isTrue();
    assertThat(planned.estimate().rate()).isEqualTo(5);
    assertThat(planned.estimate().time()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void theBeginMovesToOffsetsAndTimes() throws SQLException {
    Scope topic = new Scope.Topic(set.pde());
    Instant between = set.between();
    set.merged(4);
    set.sinkHasRead();

    assertThat(records(merge(topic, new Offsets(Optional.of(3L), Map.of())))).isEqualTo(14 - 2 * 3);
    List<PlannedRange> named =
        planner.plan(merge(topic, new Offsets(Optional.empty(), Map.of(1, 5L)))).ranges();
    assertThat(named).extracting(PlannedRange::partition).containsExactly(1);
    assertThat(records(merge(topic, new ToDatetime(between)))).isEqualTo(4);
    assertThat(records(merge(topic, new ToDatetime(Instant.now().plusSeconds(3600))))).isZero();
    assertThat(records(merge(topic, new ByDuration(Duration.ofDays(1))))).isEqualTo(14);
    assertThat(records(merge(topic, new Offsets(Optional.of(99L), Map.of())))).isZero();
  }

  @Test
  void keysAreLookedForOnTheirPartitionsAndNotNamedInTheList() throws SQLException {
    Planned planned = planner.plan(merge(new Scope.Keys("pde", List.of(7L, 7L)), BEGIN));

    assertThat(planned.ranges())
        .extracting(PlannedRange::partition)
        .containsExactly(KeyPartition.of(7, 2));
    assertThat(planned.status().keys()).hasValue(1L);
    assertThat(planned.status().scope()).isEqualTo("a key of pde");
    assertThat(set.number("SELECT key FROM riffle.replay_keys")).isEqualTo(7);
  }

  @Test
  void recordsOfTheJoiningTypeAreTheOtherOnes() {
    refused(merge(new Scope.Keys("BENEFICIARY_HISTORY", List.of(1L)), BEGIN))
        .hasMessageContaining("no offsets of " + set.topics.set() + ".merged.beneficiary:");
  }

  @Test
  void whatDoesNotExistIsNamed() {
    refused(merge(new Scope.Table("teeth"), BEGIN)).hasMessage("there is no table of record teeth");
    refused(merge(new Scope.Keys("TEETH", List.of(1L)), BEGIN))
        .hasMessageContaining("there is no type TEETH: ");
    refused(merge(new Scope.Topic("main.rif.pde"), BEGIN))
        .hasMessageContaining("main.rif.pde is no merged topic of set " + set.topics.set());
    refused(merge(new Scope.File("none.csv"), BEGIN))
        .hasMessageContaining("the ledger has no file none.csv");
    refused(merge(new Scope.Table("carrier_claim_lines"), BEGIN))
        .hasMessageContaining(
            "the sink has no offsets of " + set.topics.set() + ".merged.carrier:");
    refused(merge(new Scope.Topic(set.pde()), new Offsets(Optional.empty(), Map.of(5, 0L))))
        .hasMessageContaining("no offset of partition 5");
  }

  @Test
  void recordsThatAreGoneAreNamedWithWhatIsLeft() throws Exception {
    long start = set.deleteBefore(0, 2);

    refused(merge(new Scope.Table("partd_events"), BEGIN))
        .hasMessageContaining(
            "before offset " + start + " expired or were deleted; asked for from 0")
        .hasMessageContaining("--from-offset 0:" + start + ",1:0");
    refused(rebuild()).hasMessageContaining("expired or were deleted");

    Scope topic = new Scope.Topic(set.pde());
    Offsets left = new Offsets(Optional.empty(), Map.of(0, start, 1, 0L));
    assertThat(records(merge(topic, left))).isEqualTo(10 - start);
    Planned byTime = planner.plan(merge(topic, new ByDuration(Duration.ofDays(1))));
    assertThat(byTime.advice().notes())
        .anyMatch(text -> text.contains("older records have expired"));
    long key = set.keyOn(0);
    Planned byKey = planner.plan(merge(new Scope.Keys("PDE", List.of(key)), BEGIN));
    assertThat(byKey.advice().notes()).anyMatch(text -> text.contains("back to offset " + start));
  }

  @Test
  void aTopicThatIsAnotherOneIsRefused() {
    set.postgres.execute("UPDATE riffle.sink_offsets SET topic_id = gen_random_uuid()");
    refused(merge(new Scope.Table("partd_events"), BEGIN))
        .hasMessageContaining("was deleted and created again");

    set.sinkHasRead();
    set.postgres.execute("UPDATE riffle.sink_offsets SET partitions = 7");
    refused(merge(new Scope.Table("partd_events"), BEGIN))
        .hasMessageContaining("had 7 partitions and has 2");
    refused(rebuild()).hasMessageContaining("had 7 partitions and has 2");
  }

  @Test
  void aRebuildIsOfTheWholeTopic() throws SQLException {
    Planned planned = planner.plan(rebuild());

    assertThat(planned.status().mode()).isEqualTo(ReplayMode.REBUILD);
    assertThat(planned.status().planned()).isEqualTo(10);
    assertThat(planned.advice().irrevocable()).anyMatch(text -> text.contains("replay drop"));
  }

  @Test
  void whatARebuildCannotCarryOverIsNamedBeforeItIsPlanned() throws SQLException {
    set.postgres.execute(
        "CREATE MATERIALIZED VIEW ccw.m AS SELECT pde_id FROM ccw.partd_events;"
            + "ALTER TABLE ccw.partd_events ADD COLUMN note text");

    refused(rebuild())
        .hasMessageStartingWith("the tables cannot be rebuilt: ")
        .hasMessageContaining("rule _RETURN on materialized view ccw.m; ")
        .hasMessageContaining("ccw.partd_events has column note, whose values are on no topic");
    assertThat(ledger.list(5)).isEmpty();
    assertThat(records(merge(new Scope.Table("partd_events"), BEGIN))).isEqualTo(10);

    set.postgres.execute(
        "DROP MATERIALIZED VIEW ccw.m; ALTER TABLE ccw.partd_events DROP COLUMN note");
    assertThat(records(rebuild())).isEqualTo(10);
  }

  @Test
  void aFileIsTheKeysThatItDelivered() throws SQLException {
    long file = set.file("COMPLETED", 3);
    set.raw(file, 1, 21, 22, 23);
    set.raw(file + 1, 1, 24);

    Planned planned = planner.plan(merge(new Scope.File("f" + file + ".csv"), BEGIN));

    assertThat(planned.status().keys()).hasValue(3L);
    assertThat(set.number("SELECT sum(key) FROM riffle.replay_keys")).isEqualTo(66);
  }

  @Test
  void aFileWhoseRecordsHaveExpiredIsRefusedWithWhatHelps() {
    long file = set.file("COMPLETED", 3);
    set.raw(file, 1, 21, 22);

    refused(merge(new Scope.File("f" + file + ".csv"), BEGIN))
        .hasMessageContaining("1 of 3 (attempt 1) are not on " + set.topics.set() + ".rif.pde")
        .hasMessageContaining("--reingest");
  }

  @Test
  void aFileOnItsWayIsRefused() {
    long file = set.file("LOADING", 3);
    Scope scope = new Scope.File("f" + file + ".csv");

    refused(merge(scope, BEGIN)).hasMessageContaining("is LOADING");
    refused(again(scope)).hasMessageContaining("it is still on its way");
  }

  @Test
  void aFileIsReadAgainFromTheSameObjectOnly() throws SQLException {
    long file = set.file("COMPLETED_WITH_REJECTS", 3);
    Scope scope = new Scope.File("f" + file + ".csv");

    refused(again(scope)).hasMessageContaining("is not in S3 any more");

    set.object(file, "as it was");
    Planned planned = planner.plan(again(scope));
    assertThat(planned.status().mode()).isEqualTo(ReplayMode.REINGEST);
    assertThat(planned.ranges()).isEmpty();
    assertThat(set.number("SELECT file_attempt FROM riffle.replays")).isEqualTo(1);

    set.s3
        .client()
        .putObject(
            request -> request.bucket("planning").key("Incoming/f" + file + ".csv"),
            RequestBody.fromString("another one"));
    refused(again(scope)).hasMessageContaining("is not the object any more");
  }

  @Test
  void statesChangeAsAllowed() throws SQLException {
    long id = planner.plan(merge(new Scope.Table("partd_events"), BEGIN)).status().id();

    assertThatExceptionOfType(ReplayException.class)
        .isThrownBy(() -> ledger.drop(id))
        .withMessage("replay " + id + " is PLANNED");
    ledger.change(id, "CANCELLED", "cancelled by ann");
    assertThat(ledger.get(id).detail()).hasValue("cancelled by ann");
    assertThatExceptionOfType(ReplayException.class)
        .isThrownBy(() -> ledger.change(id, "RUNNING", null))
        .withMessage("replay " + id + " cannot go from CANCELLED to RUNNING");
    ledger.drop(id);
    assertThat(ledger.get(id).dropped()).isTrue();
    assertThatExceptionOfType(ReplayException.class)
        .isThrownBy(() -> ledger.get(99))
        .withMessage("there is no replay 99");
  }

  @Test
  void oneThatFailedIsRunAgainOrDropped() throws SQLException {
    long id = planner.plan(merge(new Scope.Keys("pde", List.of(7L)), BEGIN)).status().id();
    ledger.change(id, "RUNNING", null);
    ledger.change(id, "FAILED", "the lease is elsewhere");
    ledger.change(id, "RUNNING", null);
    ledger.change(id, "FAILED", "the lease is elsewhere");

    ledger.drop(id);

    assertThat(ledger.get(id).dropped()).isTrue();
    assertThat(ledger.get(id).detail()).hasValue("the lease is elsewhere");
    assertThat(set.number("SELECT count(*) FROM riffle.replay_keys")).isZero();
    assertThatExceptionOfType(ReplayException.class)
        .isThrownBy(() -> ledger.change(id, "RUNNING", null))
        .withMessage("replay " + id + " was dropped");
  }

  @Test
  void aRunThatWasKilledIsSilent() throws SQLException {
    long id = planner.plan(merge(new Scope.Table("partd_events"), BEGIN)).status().id();
    ledger.change(id, "RUNNING", null);
    assertThat(ledger.get(id).isSilent()).isFalse();

    set.postgres.execute("UPDATE riffle.replays SET beat_at = now() - interval '1 min'");

    assertThat(ledger.get(id).isSilent()).isTrue();
    assertThat(ledger.get(id).isRunning()).isTrue();
  }

  private static ReplayRequest merge(Scope scope, StartAt start) {
    return new ReplayRequest(scope, start, ReplayMode.MERGE, false, "ann");
  }

  private static ReplayRequest again(Scope scope) {
    return new ReplayRequest(scope, BEGIN, ReplayMode.REINGEST, false, "ann");
  }

  private static ReplayRequest rebuild() {
    Scope table = new Scope.Table("partd_events");
    return new ReplayRequest(table, BEGIN, ReplayMode.REBUILD, false, "ann");
  }

  private long records(ReplayRequest request) throws SQLException {
    return planner.plan(request).status().planned();
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refused(ReplayRequest request) {
    return assertThatThrownBy(() -> planner.plan(request)).isInstanceOf(ReplayException.class);
  }
}
