package io.riffle.sink;

import static io.riffle.sink.SinkFixture.CARRIER_0;
import static io.riffle.sink.SinkFixture.PARKED_0;
import static io.riffle.sink.SinkFixture.PDE_0;
import static io.riffle.sink.SinkFixture.REJECTS_0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What an operator must heal: the task pauses, says why, rejects nothing, and goes on by itself.
 */
@ExtendWith(PostgresExtension.class)
class SystemicErrorsTest {
  private static final String PART = "io.riffle:type=Pause,set=main,part=main-db-sink-0";
  private static final int RECORDS = 40;

  private final TestPostgres server;
  private SinkFixture sink;

  SystemicErrorsTest(TestPostgres server) {
    this.server = server;
  }

  @BeforeEach
  void create() {
    sink = new SinkFixture(server);
  }

  @AfterEach
  void close() {
    sink.close();
  }

  @ParameterizedTest
  @CsvSource({
    "ccw.carrier_claims",
    "ccw.carrier_claim_lines",
    "riffle.sink_totals",
    "riffle.barriers"
  })
  void aRightThatIsTakenAwayIsWaitedFor(String table) {
    TestWorker worker = sink.worker(asRole()).open(CARRIER_0, PARKED_0, REJECTS_0);
    pausesUntilHealed(
        worker,
        "REVOKE ALL ON " + table + " FROM " + role(),
        "42501",
        "permission denied for table " + table.replaceAll(".*\\.", ""),
        "GRANT SELECT, INSERT, UPDATE, DELETE ON " + table + " TO " + role());
  }

  @ParameterizedTest
  @CsvSource({"ccw.carrier_claims, carr_num", "ccw.carrier_claim_lines, line_ndc_cd"})
  void aColumnThatWasRenamedIsWaitedFor(String table, String column) {
    pausesUntilHealed(
        sink.worker().open(CARRIER_0, PARKED_0, REJECTS_0),
        "ALTER TABLE " + table + " RENAME COLUMN " + column + " TO another",
        "42703",
        column,
        "ALTER TABLE " + table + " RENAME COLUMN another TO " + column);
  }

  @Test
  void aTableThatIsMissingIsWaitedFor() {
    pausesUntilHealed(
        sink.worker().open(CARRIER_0, PARKED_0, REJECTS_0),
        "ALTER TABLE ccw.carrier_claims RENAME TO away",
        "42P01",
        "carrier_claims",
        "ALTER TABLE ccw.away RENAME TO carrier_claims");
  }

  /** With rows written before, the session has statements and staging tables for what was there. */
  @Test
  void aTableIsAlteredUnderASessionThatIsAtWork() {
    TestWorker worker = sink.worker().open(CARRIER_0, PARKED_0, REJECTS_0);
    sink.ledger(2, 1);
    sink.putCarrier(2, 1, 100, 1, 1);
    worker.drain();
    pausesUntilHealed(
        worker,
        "ALTER TABLE ccw.carrier_claims RENAME COLUMN carr_num TO another",
        "42703",
        "carr_num",
        "ALTER TABLE ccw.carrier_claims RENAME COLUMN another TO carr_num");
  }

  @Test
  void anotherTypeThanTheBuildsIsWaitedFor() {
    pausesUntilHealed(
        sink.worker().open(CARRIER_0, PARKED_0, REJECTS_0),
        "ALTER TABLE ccw.carrier_claims ALTER bene_id TYPE text",
        "22P03|22021|BRAKE|42804|42883",
        "",
        "ALTER TABLE ccw.carrier_claims ALTER bene_id TYPE bigint USING bene_id::bigint");
  }

  /** A shorter column refuses what is right; the SQLSTATE is that of a bad record. */
  @Test
  void aTableThatRefusesEverythingPutsTheBrakeOn() {
    pausesUntilHealed(
        sink.worker().open(CARRIER_0, PARKED_0, REJECTS_0),
        "ALTER TABLE ccw.carrier_claims ADD CONSTRAINT wrong CHECK (clm_pmt_amt < 0)",
        "BRAKE",
        "CARRIER that were tried (20) are refused with SQLSTATE 23514",
        "ALTER TABLE ccw.carrier_claims DROP CONSTRAINT wrong");
  }

  @Test
  void theBrakeKnowsTypesApart() {
    TestWorker worker = sink.worker().open(CARRIER_0, PDE_0);
    sink.postgres.execute(
        "ALTER TABLE ccw.carrier_claims ADD CONSTRAINT wrong CHECK (clm_pmt_amt < 0)");
    for (long key = 1; key <= 25; key++) {
      sink.putCarrier(1, key, 100, 1, 1);
    }
    for (long key = 1; key <= 200; key++) {
      putPde(key);
    }
    worker.poll();
    worker.poll();
    assertPaused("BRAKE", "CARRIER");
    assertThat(sink.rows("SELECT * FROM riffle.rejects")).isEmpty();

    sink.postgres.execute("ALTER TABLE ccw.carrier_claims DROP CONSTRAINT wrong");
    worker.drain();
    assertThat(sink.row("SELECT count(*) FROM ccw.carrier_claims")).isEqualTo("25");
    assertThat(sink.row("SELECT count(*) FROM ccw.partd_events")).isEqualTo("200");
  }

  /** Too few of the type in each batch to be tried, and enough of another one beside them. */
  @Test
  void aSmallTypeInMixedBatchesPutsTheBrakeOnToo() {
    TestWorker worker = sink.worker().open(CARRIER_0, PDE_0);
    sink.postgres.execute(
        "ALTER TABLE ccw.carrier_claims ADD CONSTRAINT wrong CHECK (clm_pmt_amt < 0)");
    for (int round = 0; round < 2; round++) {
      for (long key = 1; key <= 15; key++) {
        sink.putCarrier(1, 100L * round + key, 100, 1, 1);
      }
      for (long key = 1; key <= 50; key++) {
        putPde(1000L * round + key);
      }
      if (round == 0) {
        worker.drain();
        assertThat(sink.row("SELECT count(*) FROM riffle.rejects")).isEqualTo("15");
      }
    }
    for (int polls = 0; polls < 60 && attribute("State").equals("WORKING"); polls++) {
      worker.poll();
    }
    assertPaused("BRAKE", "CARRIER");
    assertThat(sink.row("SELECT count(*) FROM riffle.rejects")).isEqualTo("20");

    sink.postgres.execute("ALTER TABLE ccw.carrier_claims DROP CONSTRAINT wrong");
    worker.drain();
    assertThat(sink.row("SELECT count(*) FROM ccw.carrier_claims")).isEqualTo("10");
    assertThat(sink.row("SELECT count(*) FROM ccw.partd_events")).isEqualTo("100");
  }

  @Test
  void manyBadRecordsAmongGoodOnesAreRejectedAllTheSame() {
    sink.ledger(1, 60);
    putMixed(60, key -> key % 2 == 0 || key <= 25);
    sink.barriers(1, 0, 1, 60, 60);

    sink.worker().open(CARRIER_0, PARKED_0, REJECTS_0).drain();

    assertThat(sink.row("SELECT applied, rejected FROM riffle.file_attempts")).isEqualTo("17|43");
  }

  @Test
  void allRecordsOfATrickleAreRefusedSoTheBrakeComesOn() {
    TestWorker worker = sink.worker(Map.of("brake.records", "5")).atOnce(1).open(CARRIER_0);
    sink.postgres.execute(
        "ALTER TABLE ccw.carrier_claims ADD CONSTRAINT wrong CHECK (clm_pmt_amt < 0)");
    for (long key = 1; key <= 5; key++) {
      sink.putCarrier(1, key, 100, 1, 1);
      worker.drain();
    }
    sink.putCarrier(1, 6, 100, 1, 1);
    for (int round = 0; round < 4; round++) {
      worker.poll();
    }
    assertPaused("BRAKE", "SQLSTATE 23514");
    assertThat(sink.row("SELECT count(*) FROM riffle.rejects")).isEqualTo("5");

    sink.postgres.execute("ALTER TABLE ccw.carrier_claims DROP CONSTRAINT wrong");
    worker.drain();
    assertThat(sink.rows("SELECT clm_id FROM ccw.carrier_claims")).containsExactly("6");
  }

  @Test
  void theBrakeCanBeReleased() {
    TestWorker worker = sink.worker(Map.of("brake.percent", "100")).open(CARRIER_0);
    putMixed(30, key -> true);
    worker.drain();
    assertThat(sink.row("SELECT count(*) FROM riffle.rejects")).isEqualTo("30");
  }

  @Test
  void aValueOfRifflesOwnThatDoesNotFitPausesAndItsTextShowsNoValue() {
    TestWorker worker = sink.worker().open(CARRIER_0);
    sink.putCarrier(1, 987_654_321, 100, 1, 1);
    sink.postgres.execute(
        "ALTER TABLE riffle.sink_totals ADD CONSTRAINT wrong CHECK (applied < 0)");
    worker.poll();
    worker.poll();
    assertPaused("23514", "bookkeeping failed");
    assertThat(attribute("Text")).doesNotContain("987654321");
    assertThat(sink.rows("SELECT * FROM riffle.rejects")).isEmpty();

    sink.postgres.execute("ALTER TABLE riffle.sink_totals DROP CONSTRAINT wrong");
    worker.drain();
    assertWorks();
  }

  /** The server's own words for a full disk, raised by a trigger: no disk is filled here. */
  @Test
  void aFullDiskIsWaitedFor() {
    pausesUntilHealed(
        sink.worker().open(CARRIER_0, PARKED_0, REJECTS_0),
        "CREATE FUNCTION public.full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION"
            + " 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;"
            + " CREATE TRIGGER disk BEFORE INSERT ON ccw.carrier_claims"
            + " EXECUTE FUNCTION public.full()",
        "53100",
        "No space left on device",
        "DROP TRIGGER disk ON ccw.carrier_claims");
  }

  @Test
  void aRegistryThatIsAwayIsTold() {
    TestWorker worker = sink.worker().open(CARRIER_0);
    sink.putCarrier(1, 1, 100, 1, 1);
    sink.registry.available(false);
    worker.poll();
    assertThat(attribute("Neighbour")).isEqualTo("REGISTRY");
    assertPaused("NO_ANSWER", "taken away by the test");

    sink.registry.available(true);
    worker.drain();
    assertWorks();
  }

  @Test
  void aHoleInTheLogStopsTheTaskAndIsSeenAfterwards() {
    for (long key = 1; key <= 5; key++) {
      sink.putCarrier(1, key, 100, 1, 1);
    }
    sink.worker().open(CARRIER_0).drain();
    sink.log.cut(CARRIER_0, 2);
    TestWorker worker = sink.worker();
    assertThatThrownBy(() -> worker.open(CARRIER_0)).hasMessageContaining("Remedy");
    worker.close();
    assertThat(attribute("State")).isEqualTo("STOPPED");
    assertThat(attribute("Cause")).isEqualTo("LOG_CHANGED");
  }

  private void pausesUntilHealed(
      TestWorker worker, String harm, String causes, String text, String healing) {
    sink.ledger(1, RECORDS);
    for (long key = 101; key <= 100 + RECORDS; key++) {
      sink.putCarrier(1, key, 100, 1, 2);
    }
    sink.barriers(1, 0, 1, RECORDS, RECORDS);
    sink.postgres.execute(harm);
    for (int round = 0; round < 4; round++) {
      worker.poll();
    }
    assertPaused(causes, text);
    assertThat(worker.isPaused()).isTrue();
    assertThat(sink.rows("SELECT * FROM riffle.rejects")).isEmpty();

    sink.postgres.execute(healing);
    worker.drain();

    assertWorks();
    assertThat(sink.row("SELECT count(*) FROM ccw.carrier_claims WHERE clm_id > 100"))
        .isEqualTo(Integer.toString(RECORDS));
    assertThat(sink.row("SELECT count(*) FROM ccw.carrier_claim_lines WHERE clm_id > 100"))
        .isEqualTo(Integer.toString(2 * RECORDS));
    assertThat(sink.row("SELECT state FROM riffle.files WHERE file_id = 1")).isEqualTo("COMPLETED");
    assertThat(sink.row("SELECT applied, rejected FROM riffle.file_attempts WHERE file_id = 1"))
        .isEqualTo(RECORDS + "|0");
    assertThat(sink.rows("SELECT * FROM riffle.rejects")).isEmpty();
  }

  private void assertPaused(String causes, String text) {
    assertThat(attribute("State")).isEqualTo("PAUSED");
    assertThat(attribute("Cause")).matches(causes);
    assertThat(attribute("Text")).contains(text);
  }

  private static void assertWorks() {
    assertThat(attribute("State")).isEqualTo("WORKING");
    assertThat(attribute("Text")).isEmpty();
  }

  private static String attribute(String name) {
    try {
      return (String)
          ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(PART), name);
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }

  private void putMixed(int records, java.util.function.LongPredicate bad) {
    for (long key = 1; key <= records; key++) {
      if (bad.test(key)) {
        Map<String, Object> header = Map.of("clm_id", key, "carr_num", "TOOLONGFORTHIS");
        sink.putCarrier(CARRIER_0, 1, key, 1, header, List.of());
      } else {
        sink.putCarrier(1, key, 100, 1, 1);
      }
    }
  }

  private void putPde(long key) {
    long record = sink.log.end(PDE_0) + 1;
    sink.log.add(
        PDE_0,
        Long.toString(key),
        sink.encoder.merged(
            SinkFixture.PDE, Encoder.origin(1, record), 1, Map.of("pde_id", key), List.of()));
  }

  private Map<String, String> asRole() {
    sink.postgres.execute(
        String.format(
            """
            CREATE ROLE %1$s LOGIN PASSWORD 'none';
            GRANT USAGE ON SCHEMA ccw, riffle TO %1$s;
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ccw, riffle TO %1$s;
            GRANT USAGE ON ALL SEQUENCES IN SCHEMA ccw, riffle TO %1$s;
            """,
            role()));
    return Map.of("database.user", role());
  }

  private String role() {
    return "sink_of_" + sink.postgres.database();
  }
}
