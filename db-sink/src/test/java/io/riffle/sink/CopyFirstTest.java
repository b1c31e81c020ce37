package io.riffle.sink;

import static io.riffle.sink.SinkFixture.CARRIER_0;
import static io.riffle.sink.SinkFixture.PERSON_0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows that go straight to their tables, and everything that may be there already. */
@ExtendWith(PostgresExtension.class)
class CopyFirstTest {
  private static final String AMOUNTS =
      "SELECT clm_id, clm_pmt_amt FROM ccw.carrier_claims ORDER BY clm_id";
  private static final String LINES =
      "SELECT clm_id, line_num FROM ccw.carrier_claim_lines ORDER BY clm_id, line_num";
  private static final String TOTALS =
      "SELECT sum(applied), sum(older), sum(rejected) FROM riffle.sink_totals";
  private static final String SCANS =
      "SELECT sum(%s) FROM pg_stat_user_tables WHERE schemaname = 'ccw'"
          + " AND relname LIKE 'carrier_%%'";
  private static final TopicPartition NEXT_GENERATION =
      new TopicPartition(CARRIER_0.topic() + ".g1", 0);

  private SinkFixture sink;

  @BeforeEach
  void start(TestPostgres server) {
    sink = new SinkFixture(server);
  }

  @AfterEach
  void stop() {
    sink.close();
  }

  @Test
  void hintedNewButAnOlderRowIsThere() {
    sink.putCarrier(1, 7, 100, 1, 3);
    sink.worker().open(CARRIER_0).drain();

    sink.encoder.known(false);
    sink.putCarrier(1, 7, 200, 2, 2);
    sink.worker().open(CARRIER_0).drain();

    assertThat(sink.rows(AMOUNTS)).containsExactly("7|2.00");
    assertThat(sink.rows(LINES)).containsExactly("7|1", "7|2");
    assertThat(sink.row(TOTALS)).isEqualTo("2|0|0");
  }

  @Test
  void hintedNewButANewerRowIsThere() {
    sink.putCarrier(NEXT_GENERATION, 1, 7, 100, 1, 3);
    sink.worker().open(NEXT_GENERATION).drain();

    sink.putCarrier(1, 7, 200, 2, 2);
    sink.worker().open(CARRIER_0).drain();

    assertThat(sink.rows(AMOUNTS)).containsExactly("7|1.00");
    assertThat(sink.rows(LINES)).hasSize(3);
    assertThat(sink.row(TOTALS)).isEqualTo("1|1|0");
  }

  @Test
  void hintedNewButTheRowItselfIsThere() {
    sink.putCarrier(1, 7, 100, 1, 3);
    sink.worker().open(CARRIER_0).drain();
    String before = sink.row("SELECT ctid, xmin, last_updated FROM ccw.carrier_claims");
    sink.postgres.execute("UPDATE riffle.sink_offsets SET next = 0");

    sink.worker().open(CARRIER_0).drain();

    assertThat(sink.row("SELECT ctid, xmin, last_updated FROM ccw.carrier_claims"))
        .isEqualTo(before);
    assertThat(sink.rows(LINES)).hasSize(3);
  }

  @Test
  void hintedKnownButNothingIsThere() {
    sink.encoder.known(true);
    sink.putCarrier(1, 7, 100, 1, 2);

    sink.worker().open(CARRIER_0).drain();

    assertThat(sink.rows(AMOUNTS)).containsExactly("7|1.00");
    assertThat(sink.rows(LINES)).hasSize(2);
  }

  @Test
  void aKeyDeletedLaterIsNotBroughtBackAndOneDeletedBeforeIs() {
    sink.putCarrier(1, 7, 100, 1, 1);
    sink.putCarrier(1, 8, 100, 1, 1);
    sink.postgres.execute(
        "INSERT INTO riffle.deleted_keys (type, key, generation, \"offset\")"
            + " VALUES ('CARRIER', 7, 1, 0), ('CARRIER', 8, 0, 0), ('PDE', 8, 9, 9)");

    sink.worker().open(CARRIER_0).drain();

    assertThat(sink.rows(AMOUNTS)).containsExactly("8|1.00");
    assertThat(sink.rows(LINES)).containsExactly("8|1");
    assertThat(sink.rows("SELECT type, key FROM riffle.deleted_keys ORDER BY type"))
        .containsExactly("CARRIER|7", "PDE|8");
    assertThat(sink.row(TOTALS)).isEqualTo("1|1|0");
  }

  @Test
  void aDeleteOfTheSameVersionRefusesItsRecord() {
    sink.putCarrier(1, 7, 100, 1, 1);
    sink.postgres.execute("INSERT INTO riffle.deleted_keys VALUES ('CARRIER', 7, 0, 0)");

    sink.worker().open(CARRIER_0).drain();

    assertThat(sink.rows(AMOUNTS)).isEmpty();
    assertThat(sink.rows(LINES)).isEmpty();
  }

  @Test
  void aBatchOfAllKinds() {
    sink.putCarrier(1, 1, 100, 11, 2); // to be changed, lines too
    sink.putCarrier(1, 2, 100, 12, 2); // to be changed, not its lines
    sink.putCarrier(1, 3, 100, 13, 2); // to be deleted
    sink.putCarrier(NEXT_GENERATION, 1, 4, 100, 14, 2); // to be left alone
    sink.worker().open(CARRIER_0, NEXT_GENERATION).drain();
    List<String> untouched =
        sink.rows("SELECT ctid, xmin FROM ccw.carrier_claim_lines WHERE clm_id IN (2, 4)");

    sink.putCarrier(1, 1, 200, 21, 3);
    sink.putCarrier(1, 2, 200, 12, 2);
    sink.deleteCarrier(1, 3);
    sink.putCarrier(1, 4, 200, 24, 3);
    sink.putCarrier(1, 5, 200, 25, 1);
    sink.putCarrier(1, 5, 300, 26, 2);
    sink.worker().open(CARRIER_0).drain();

    assertThat(sink.rows(AMOUNTS)).containsExactly("1|2.00", "2|2.00", "4|1.00", "5|3.00");
    assertThat(sink.rows(LINES))
        .containsExactly("1|1", "1|2", "1|3", "2|1", "2|2", "4|1", "4|2", "5|1", "5|2");
    assertThat(sink.rows("SELECT ctid, xmin FROM ccw.carrier_claim_lines WHERE clm_id IN (2, 4)"))
        .isEqualTo(untouched);
    assertThat(sink.row(TOTALS)).isEqualTo("9|1|0");
    assertThat(sink.row("SELECT count(DISTINCT last_updated) FROM ccw.carrier_claims"))
        .isEqualTo("2");
  }

  @Test
  void theInstantOfWritingIsTheTransactionsOwn() {
    sink.putCarrier(1, 7, 100, 1, 1);
    sink.worker().open(CARRIER_0).drain();
    sink.putCarrier(1, 7, 200, 1, 1);
    sink.putCarrier(1, 8, 200, 1, 1);
    sink.worker().open(CARRIER_0).drain();

    assertThat(
            sink.rows(
                "SELECT DISTINCT c.last_updated = o.changed_at"
                    + " FROM ccw.carrier_claims c, riffle.sink_offsets o"))
        .containsExactly("t");
  }

  @Test
  void linesWithoutAClaimGoWhenTheClaimComes() {
    sink.putCarrier(1, 7, 100, 1, 4);
    sink.putCarrier(1, 8, 100, 1, 4);
    sink.worker().open(CARRIER_0).drain();
    sink.postgres.execute("DELETE FROM ccw.carrier_claims");

    sink.putCarrier(1, 7, 200, 1, 2);
    sink.putCarrier(1, 9, 200, 1, 1);
    sink.worker().open(CARRIER_0).drain();

    assertThat(sink.rows(LINES)).containsExactly("7|1", "7|2", "8|1", "8|2", "8|3", "8|4", "9|1");
  }

  @Test
  void aRowThatAnotherSessionIsAboutToWriteDecides() throws Exception {
    sink.putCarrier(1, 7, 100, 1, 2);
    sink.putCarrier(1, 8, 100, 1, 2);
    sink.worker().open(CARRIER_0).drain();
    sink.postgres.execute(
        "CREATE TABLE public.kept AS SELECT * FROM ccw.carrier_claims WHERE clm_id = 7;"
            + " UPDATE public.kept SET riffle_generation = 9;"
            + " DELETE FROM ccw.carrier_claims; DELETE FROM ccw.carrier_claim_lines;"
            + " UPDATE riffle.sink_offsets SET next = 0");

    whileAnotherSession("INSERT INTO ccw.carrier_claims SELECT * FROM public.kept");

    assertThat(sink.rows("SELECT clm_id, riffle_generation FROM ccw.carrier_claims ORDER BY 1"))
        .containsExactly("7|9", "8|0");
    assertThat(sink.rows(LINES)).containsExactly("8|1", "8|2");
  }

  @Test
  void aDeleteWaitsForAPutOfAnotherSessionAndIsRefused() throws Exception {
    sink.putCarrier(1, 7, 100, 1, 2);
    sink.worker().open(CARRIER_0).drain();
    sink.deleteCarrier(1, 7);

    whileAnotherSession(
        "SELECT pg_advisory_xact_lock_shared(hashtext('riffle'), hashtext('CARRIER'));"
            + " UPDATE ccw.carrier_claims SET riffle_generation = 9");

    assertThat(sink.rows("SELECT clm_id, riffle_generation FROM ccw.carrier_claims"))
        .containsExactly("7|9");
    assertThat(sink.rows(LINES)).containsExactly("7|1", "7|2");
  }

  @Test
  void aPutWaitsForADeleteOfAnotherSessionAndIsRefused() throws Exception {
    sink.putCarrier(1, 7, 100, 1, 2);

    whileAnotherSession(
        "SELECT pg_advisory_xact_lock(hashtext('riffle'), hashtext('CARRIER'));"
            + " INSERT INTO riffle.deleted_keys (type, key, generation, \"offset\")"
            + " VALUES ('CARRIER', 7, 9, 0)");

    assertThat(sink.rows("SELECT clm_id FROM ccw.carrier_claims")).isEmpty();
    assertThat(sink.rows("SELECT key, generation FROM riffle.deleted_keys")).containsExactly("7|9");
  }

  /** The sink writes while another session has written and not yet committed. */
  private void whileAnotherSession(String sql) throws Exception {
    TestWorker worker = sink.worker().open(CARRIER_0);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Connection other = sink.postgres.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute(sql);
      Future<?> writing = thread.submit(worker::drain);
      await().atMost(Duration.ofSeconds(30)).until(this::somebodyWaits);
      other.commit();
      writing.get(60, TimeUnit.SECONDS);
    } finally {
      thread.shutdownNow();
    }
  }

  private boolean somebodyWaits() throws SQLException {
    return !sink.rows("SELECT FROM pg_locks WHERE NOT granted").isEmpty();
  }

  @Test
  void twoGenerationsOfATopicAtOnceEndInTheNewerOne() throws Exception {
    for (int key = 0; key < 300; key++) {
      sink.putCarrier(1, key, 100, 1, 2);
      sink.putCarrier(NEXT_GENERATION, 1, key, 200, 2, 3);
    }
    TestWorker older = sink.worker(Map.of("batch.rows", "20")).open(CARRIER_0);
    TestWorker newer = sink.worker(Map.of("batch.rows", "30")).open(NEXT_GENERATION);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<TestWorker>> running =
          List.of(threads.submit(older::drain), threads.submit(newer::drain));
      for (Future<TestWorker> one : running) {
        one.get(90, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(
            sink.rows(
                "SELECT DISTINCT riffle_generation, clm_pmt_amt,"
                    + " (SELECT count(*) FROM ccw.carrier_claim_lines l WHERE l.clm_id = c.clm_id)"
                    + " FROM ccw.carrier_claims c"))
        .containsExactly("1|2.00|3");
    assertThat(sink.row("SELECT count(*) FROM ccw.carrier_claims")).isEqualTo("300");
  }

  @Test
  void noBatchReadsAWholeTable() {
    sink.row("SELECT pg_stat_reset()"); // the building of indexes has read tables, too
    TestWorker worker = sink.worker(Map.of("batch.rows", "100")).open(CARRIER_0);
    for (int version = 1; version <= 3; version++) {
      for (int key = 0; key < 300; key++) {
        sink.putCarrier(1, key, version, version, 3);
      }
      worker.drain();
    }
    worker.close();

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> sink.row(SCANS.formatted("n_tup_upd")).equals("600"));
    assertThat(sink.row(SCANS.formatted("seq_scan"))).isEqualTo("0");
  }

  @Test
  void aLineTwiceInARecordIsFoundAmongGoodOnes() {
    for (int key = 0; key < 20; key++) {
      if (key == 13) {
        Map<String, Object> line = Map.of("line_num", 1);
        sink.putCarrier(CARRIER_0, 1, key, 5, Map.of("clm_id", 13L), List.of(line, line));
      } else {
        sink.putCarrier(1, key, 100, 1, 2);
      }
    }

    sink.worker().open(CARRIER_0).drain();

    assertThat(sink.row("SELECT count(*), min(reason) FROM riffle.rejects"))
        .isEqualTo("1|UNIQUE_VIOLATION");
    assertThat(sink.rows(AMOUNTS)).hasSize(19);
    assertThat(sink.rows(LINES)).hasSize(38);
  }

  @Test
  void aValueThatDoesNotFitIsFoundAmongGoodOnesInRowsAndLines() {
    Map<String, Object> tooLong = Map.of("clm_id", 3L, "carr_num", "longer than five characters");
    Map<String, Object> line = Map.of("line_num", 1, "tax_num", "longer than ten characters");
    for (int key = 0; key < 10; key++) {
      if (key == 3) {
        sink.putCarrier(CARRIER_0, 1, key, 5, tooLong, List.of());
      } else if (key == 6) {
        sink.putCarrier(CARRIER_0, 1, key, 5, Map.of("clm_id", 6L), List.of(line));
      } else {
        sink.putCarrier(1, key, 100, 1, 1);
      }
    }

    sink.worker().open(CARRIER_0).drain();

    assertThat(sink.rows("SELECT \"offset\", reason FROM riffle.rejects ORDER BY 1"))
        .containsExactly("3|DATA_EXCEPTION", "6|DATA_EXCEPTION");
    assertThat(sink.rows(AMOUNTS)).hasSize(8);
    assertThat(sink.rows(LINES)).hasSize(8);
    assertThat(sink.row(TOTALS)).isEqualTo("8|0|2");
  }

  @Test
  void monthsAndFormerIdentitiesOfAPersonThatIsGoneGoWhenThePersonComes() {
    sink.putPerson(1, person(2023));
    sink.worker().open(PERSON_0).drain();
    sink.postgres.execute("DELETE FROM ccw.beneficiaries");

    sink.putPerson(1, person(2024));
    sink.worker().open(PERSON_0).drain();

    assertThat(
            sink.rows("SELECT DISTINCT extract(year FROM year_month) FROM ccw.beneficiary_monthly"))
        .containsExactly("2024");
    assertThat(sink.rows("SELECT riffle_record FROM ccw.beneficiaries_history"))
        .containsExactly("of 2024");
  }

  private static PersonRecord person(long year) {
    return new PersonRecord(5)
        .ofYear(year)
        .year(year, Map.of("mdcr_stus_jan_cd", "10"))
        .former("of " + year, Map.of());
  }
}
