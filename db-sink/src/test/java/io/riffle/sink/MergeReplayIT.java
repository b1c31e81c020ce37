package io.riffle.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.sink.replay.MergeReplay;
import io.riffle.sink.replay.ReplayEnd;
import io.riffle.testing.InMemoryRegistry;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Replays in place: what they bring back, what they leave alone, and who writes beside them. */
@Tag("full")
@Tag("stack")
@ExtendWith({PostgresExtension.class, KafkaExtension.class})
class MergeReplayIT {
  private static final int KEYS = ReplayFixture.KEYS;

  private final ReplayFixture set;
  private LiveSink sink;

  MergeReplayIT(TestKafka kafka, TestPostgres server) {
    set = new ReplayFixture(kafka, server, new InMemoryRegistry());
  }

  @BeforeEach
  void load() {
    sink = set.load();
  }

  @AfterEach
  void close() {
    set.close();
  }

  @Test
  void missingRowsComeBackAsTheyWereAndNotAsTheyEverWereBefore() {
    List<String> claims = set.claims();
    List<String> lines = set.lines();
    set.execute("DELETE FROM ccw.carrier_claim_lines WHERE clm_id IN (1, 2, 3)");
    set.execute("DELETE FROM ccw.carrier_claims WHERE clm_id IN (1, 2, 3, 4)");
    set.execute(
        """
        CREATE TABLE seen (amount numeric);
        CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS
          $$BEGIN INSERT INTO public.seen VALUES (NEW.clm_pmt_amt); RETURN NEW; END$$;
        CREATE TRIGGER see BEFORE INSERT OR UPDATE ON ccw.carrier_claims
          FOR EACH ROW EXECUTE FUNCTION see();
        """);

    long replay = set.plan(false);
    ReplayEnd end = set.run(replay, 7, progress -> {});

    assertThat(end).isInstanceOf(ReplayEnd.Done.class);
    assertThat(set.claims()).isEqualTo(claims);
    assertThat(set.lines()).isEqualTo(lines);
    assertThat(set.rows("SELECT amount::text FROM seen ORDER BY 1"))
        .containsExactly("30.01", "30.02", "30.03", "30.04");
    assertThat(set.row(ReplayFixture.STATE + replay)).isEqualTo("DONE|4|0|t");
    assertThat(end.progress().kept()).isEqualTo(KEYS - 4);
    assertThat(set.rows("SELECT * FROM riffle.rejects")).isEmpty();
  }

  @Test
  void rowsThatWereChangedByHandAreRepairedWhenForcedOnly() {
    List<String> claims = set.claims();
    List<String> lines = set.lines();
    set.execute("UPDATE ccw.carrier_claims SET clm_pmt_amt = 0 WHERE clm_id = 5");
    set.execute("UPDATE ccw.carrier_claim_lines SET line_sbmtd_chrg_amt = 0 WHERE clm_id = 6");
    set.execute("DELETE FROM ccw.carrier_claim_lines WHERE clm_id = 7");

    assertThat(set.run(set.plan(false))).isInstanceOf(ReplayEnd.Done.class);
    assertThat(set.claims()).isNotEqualTo(claims);

    long forced = set.plan(true);
    assertThat(set.run(forced)).isInstanceOf(ReplayEnd.Done.class);
    assertThat(set.claims()).isEqualTo(claims);
    assertThat(set.lines()).isEqualTo(lines);
    assertThat(set.row(ReplayFixture.STATE + forced)).isEqualTo("DONE|" + KEYS + "|0|t");
  }

  @Test
  void aNewerRowStaysEvenWhenForced() {
    set.execute(
        "UPDATE ccw.carrier_claims SET clm_pmt_amt = 7, riffle_offset = 1000000 WHERE clm_id = 5");

    assertThat(set.run(set.plan(true))).isInstanceOf(ReplayEnd.Done.class);

    assertThat(set.row("SELECT clm_pmt_amt FROM ccw.carrier_claims WHERE clm_id = 5"))
        .isEqualTo("7.00");
  }

  @Test
  void deletedKeysStayDeletedAndOnesThatCameBackAreThere() {
    set.delete(8);
    set.delete(9);
    set.put(9, 77, 1);
    sink.drain();
    List<String> claims = set.claims();
    set.execute("DELETE FROM ccw.carrier_claims WHERE clm_id IN (9, 10)");

    assertThat(set.run(set.plan(true))).isInstanceOf(ReplayEnd.Done.class);

    assertThat(set.claims()).isEqualTo(claims);
    assertThat(set.rows("SELECT key FROM riffle.deleted_keys")).containsExactly("8");
  }

  @Test
  void aDeletedKeyThatSomebodyBroughtBackIsDeletedAgainWhenForced() {
    set.execute("CREATE TABLE old AS SELECT * FROM ccw.carrier_claims WHERE clm_id = 8");
    set.delete(8);
    sink.drain();
    List<String> claims = set.claims();
    set.execute("INSERT INTO ccw.carrier_claims SELECT * FROM old");

    assertThat(set.run(set.plan(true))).isInstanceOf(ReplayEnd.Done.class);

    assertThat(set.claims()).isEqualTo(claims);
  }

  @Test
  void onlyTheKeysThatWereAskedForAreWritten() {
    set.execute("DELETE FROM ccw.carrier_claims WHERE clm_id IN (11, 12, 13)");

    long replay = set.planKeys(false, 11, 13, 999);
    assertThat(set.run(replay)).isInstanceOf(ReplayEnd.Done.class);

    assertThat(set.rows("SELECT clm_id FROM ccw.carrier_claims WHERE clm_id IN (11, 12, 13)"))
        .containsExactlyInAnyOrder("11", "13");
    assertThat(set.row(ReplayFixture.STATE + replay)).isEqualTo("DONE|2|0|t");
  }

  @Test
  void whatReadersAreToldOfChangesHasTheRowsThatCameBack() {
    set.ledger();
    set.execute("DELETE FROM ccw.carrier_claims WHERE clm_id = 11");

    set.run(set.plan(false));

    assertThat(set.rows("SELECT beneficiaries FROM ccw.loaded_batches")).containsExactly("-11");
    assertThat(set.rows("SELECT 1 FROM riffle.sink_totals WHERE applied <> 90")).isEmpty();
  }

  @Test
  void aRecordThatTheTableRefusesNowDoesNotHoldUpTheOthersAndMayComeBackLater() {
    List<String> claims = set.claims();
    set.execute("DELETE FROM ccw.carrier_claims WHERE clm_id IN (14, 15, 16)");
    set.execute("ALTER TABLE ccw.carrier_claims ADD CONSTRAINT no15 CHECK (clm_id <> 15)");

    long replay = set.plan(false);
    assertThat(set.run(replay)).isInstanceOf(ReplayEnd.Done.class);

    assertThat(set.row(ReplayFixture.STATE + replay)).isEqualTo("DONE|2|1|t");
    assertThat(set.row("SELECT detail FROM riffle.replays"))
        .startsWith("refused, first: " + set.topic(SinkFixture.CARRIER) + "-1@")
        .contains("no15", "23514");
    assertThat(set.rows("SELECT clm_id FROM ccw.carrier_claims WHERE clm_id IN (14, 15, 16)"))
        .containsExactlyInAnyOrder("14", "16");
    assertThat(set.rows("SELECT * FROM riffle.rejects")).isEmpty();

    set.execute("ALTER TABLE ccw.carrier_claims DROP CONSTRAINT no15");
    set.run(set.plan(false));
    assertThat(set.claims()).isEqualTo(claims);
  }

  @Test
  void whatTheLiveSinkHasSetAsideDoesNotCount() {
    set.execute(
        "ALTER TABLE ccw.carrier_claims ADD CONSTRAINT few CHECK (clm_pmt_amt < 1000) NOT VALID");
    set.put(15, 500_000, 1);
    sink.drain();
    assertThat(set.rows("SELECT reason FROM riffle.rejects")).containsExactly("CHECK_VIOLATION");
    List<String> claims = set.claims();
    set.execute("DELETE FROM ccw.carrier_claims WHERE clm_id = 15");

    long replay = set.plan(false);
    set.run(replay);

    assertThat(set.claims()).isEqualTo(claims);
    assertThat(set.row(ReplayFixture.STATE + replay)).isEqualTo("DONE|1|0|t");
  }

  @Test
  void aTableThatRefusesAllEndsTheRunWithoutRejects() {
    set.execute("DELETE FROM ccw.carrier_claims");
    set.execute("ALTER TABLE ccw.carrier_claims ADD CONSTRAINT none CHECK (clm_id < 0) NOT VALID");

    ReplayEnd end =
        MergeReplay.run(set.withPatience(Duration.ofMillis(1)), set.plan(false), progress -> {});

    assertThat(end).isInstanceOf(ReplayEnd.Failed.class);
    assertThat(((ReplayEnd.Failed) end).reason()).contains("23514");
    assertThat(set.rows("SELECT * FROM riffle.rejects")).isEmpty();
  }

  @Test
  void theLiveSinkWritesMeanwhile() {
    set.execute("DELETE FROM ccw.carrier_claims WHERE clm_id % 3 = 0");
    AtomicInteger rounds = new AtomicInteger();

    ReplayEnd end =
        set.run(
            set.plan(true),
            5,
            progress -> {
              int round = rounds.incrementAndGet();
              set.put(1 + round % KEYS, 500_000 + round, 1);
              set.delete(1 + round * 7 % KEYS);
              sink.poll();
            });
    sink.drain();

    assertThat(end).isInstanceOf(ReplayEnd.Done.class);
    List<String> claims = set.claims();
    List<String> lines = set.lines();
    set.execute(
        "TRUNCATE ccw.carrier_claims, ccw.carrier_claim_lines, riffle.deleted_keys, riffle.sink_offsets");
    sink.close();
    set.sink().drain();
    assertThat(claims).as("as a sink that reads all anew has them").isEqualTo(set.claims());
    assertThat(lines).isEqualTo(set.lines());
  }

  @Test
  void personsComeBackWithMonthsAndFormerIdentities() {
    for (long key = 1; key <= 4; key++) {
      set.person(
          new PersonRecord(key)
              .ofYear(2024)
              .year(2024, Map.of("mdcr_status_jan_cd", "10"))
              .former("r1", Map.of("bene_sex_ident_cd", "1")));
    }
    sink.drain();
    List<String> before = persons();
    set.execute("DELETE FROM ccw.beneficiary_monthly WHERE bene_id = 1");
    set.execute("UPDATE ccw.beneficiary_monthly SET medicare_status_code = '31' WHERE bene_id = 2");
    set.execute("DELETE FROM ccw.beneficiaries_history WHERE bene_id = 3");
    set.execute("DELETE FROM ccw.beneficiaries WHERE bene_id = 4");

    assertThat(set.run(set.plan(SinkFixture.PERSON, true))).isInstanceOf(ReplayEnd.Done.class);

    assertThat(persons()).isEqualTo(before);
  }

  private List<String> persons() {
    return set.rows(
        """
        SELECT to_jsonb(t) - 'last_updated' FROM ccw.beneficiaries t
        UNION ALL SELECT to_jsonb(t) FROM ccw.beneficiary_monthly t
        UNION ALL SELECT to_jsonb(t) - 'last_updated' - 'bene_history_id' FROM ccw.beneficiaries_history t
        ORDER BY 1""");
  }
}
