package io.riffle.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.lease.HeldLease;
import io.riffle.lease.LeaseParty;
import io.riffle.sink.replay.MergeReplay;
import io.riffle.sink.replay.ReplayEnd;
import io.riffle.sink.replay.ReplayProgress;
import io.riffle.sink.replay.ReplaySettings;
import io.riffle.testing.InMemoryRegistry;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Replays in place: what they bring back, what they leave alone, and what may come between. */
@ExtendWith({PostgresExtension.class, KafkaExtension.class})
class MergeReplayIT {
  private static final int KEYS = 60;
  private static final String STATE =
      "SELECT state, rows_written, rejected, records_done = records_planned FROM riffle.replays"
          + " WHERE replay_id = ";

  private final ReplayFixture set;
  private LiveSink sink;

  MergeReplayIT(TestKafka kafka, TestPostgres server) {
    set = new ReplayFixture(kafka, server, new InMemoryRegistry());
  }

  /** Each key three times, with more lines and other amounts each time. */
  @BeforeEach
  void load() {
    sink = set.sink();
    for (int round = 1; round <= 3; round++) {
      for (long key = 1; key <= KEYS; key++) {
        set.put(key, 1000L * round + key, round);
      }
    }
    sink.drain();
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
    assertThat(set.row(STATE + replay)).isEqualTo("DONE|4|0|t");
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
    assertThat(set.row(STATE + forced)).isEqualTo("DONE|" + KEYS + "|0|t");
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
    assertThat(set.row(STATE + replay)).isEqualTo("DONE|2|0|t");
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

    assertThat(set.row(STATE + replay)).isEqualTo("DONE|2|1|t");
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
    assertThat(set.row(STATE + replay)).isEqualTo("DONE|1|0|t");
  }

  @Test
  void aTableThatRefusesAllEndsTheRunWithoutRejects() {
    set.execute("DELETE FROM ccw.carrier_claims");
    set.execute("ALTER TABLE ccw.carrier_claims ADD CONSTRAINT none CHECK (clm_id < 0) NOT VALID");

    ReplayEnd end =
        MergeReplay.run(withPatience(Duration.ofMillis(1)), set.plan(false), progress -> {});

    assertThat(end).isInstanceOf(ReplayEnd.Failed.class);
    assertThat(((ReplayEnd.Failed) end).reason()).contains("23514");
    assertThat(set.rows("SELECT * FROM riffle.rejects")).isEmpty();
  }

  @Test
  void cancelledFromElsewhereItStopsBetweenTwoTransactions() {
    set.execute("DELETE FROM ccw.carrier_claims");
    long replay = set.plan(false);

    ReplayEnd end =
        set.run(
            replay,
            10,
            atStep(
                2,
                () ->
                    set.execute("SELECT riffle.change_replay_state(" + replay + ", 'CANCELLED')")));

    assertThat(end).isInstanceOf(ReplayEnd.Cancelled.class);
    assertThat(set.row("SELECT count(*) FROM ccw.carrier_claims")).isEqualTo("20");
    assertThat(set.row("SELECT state, rows_written FROM riffle.replays")).isEqualTo("CANCELLED|20");
    assertThat(set.run(replay)).isInstanceOf(ReplayEnd.Cancelled.class);
  }

  @Test
  void withoutTheLeaseItStopsAndGoesOnWhenItIsRunAgain() throws Exception {
    List<String> claims = set.claims();
    set.execute("DELETE FROM ccw.carrier_claims");
    long replay = set.plan(false);
    AtomicReference<HeldLease> borrowed = new AtomicReference<>();

    ReplayEnd end = set.run(replay, 10, atStep(2, () -> borrowed.set(borrow())));

    assertThat(end).isInstanceOf(ReplayEnd.Failed.class);
    assertThat(((ReplayEnd.Failed) end).reason()).startsWith("the lease is with exec:other:1");
    assertThat(set.row("SELECT count(*) FROM ccw.carrier_claims")).isEqualTo("20");
    assertThat(set.row("SELECT state FROM riffle.replays")).isEqualTo("FAILED");

    borrowed.get().close();
    assertThat(set.run(replay)).isInstanceOf(ReplayEnd.Done.class);
    assertThat(set.claims()).isEqualTo(claims);
    assertThat(set.row(STATE + replay)).isEqualTo("DONE|" + KEYS + "|0|t");
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
  void aSessionThatEndsIsOpenedAgain() {
    List<String> claims = set.claims();
    set.execute("DELETE FROM ccw.carrier_claims");
    long replay = set.plan(false);

    ReplayEnd end =
        set.run(
            replay,
            10,
            atStep(
                3,
                () ->
                    set.rows(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND pid <> pg_backend_pid()")));

    assertThat(end).isInstanceOf(ReplayEnd.Done.class);
    assertThat(set.claims()).isEqualTo(claims);
    assertThat(set.row(STATE + replay)).isEqualTo("DONE|" + KEYS + "|0|t");
  }

  @Test
  void recordsThatAreGoneAreNotPassedOver() throws Exception {
    long replay = set.plan(false);
    set.kafka
        .admin()
        .deleteRecords(
            Map.of(
                new TopicPartition(set.topic(SinkFixture.CARRIER), 0),
                RecordsToDelete.beforeOffset(10)))
        .all()
        .get();

    ReplayEnd end = set.run(replay);

    assertThat(((ReplayEnd.Failed) end).reason())
        .contains("-0 before offset 10 expired or were deleted; asked for from 0");
    assertThat(set.row("SELECT state, detail IS NOT NULL FROM riffle.replays"))
        .isEqualTo("FAILED|t");
  }

  @Test
  void oneOfATopicAtATime() {
    long first = set.plan(false);
    long second = set.plan(false);
    set.execute("SELECT riffle.change_replay_state(" + first + ", 'RUNNING')");

    ReplayEnd end = set.run(second);

    assertThat(((ReplayEnd.Failed) end).reason())
        .startsWith("replay " + first + " of the same topic");
    assertThat(set.run(first))
        .as("left over by a process that was killed")
        .isInstanceOf(ReplayEnd.Done.class);
    assertThat(set.run(second)).isInstanceOf(ReplayEnd.Done.class);
    assertThat(((ReplayEnd.Failed) set.run(second)).reason()).contains("it is DONE already");
  }

  @Test
  void whatAnotherProcessRunsIsLeftToIt() throws Exception {
    long replay = set.plan(false);
    set.execute("SELECT riffle.change_replay_state(" + replay + ", 'RUNNING')");
    try (Connection other = set.postgres.connect();
        Statement statement = other.createStatement()) {
      statement.execute(
          "SELECT pg_advisory_lock(hashtext('riffle replay'), hashtext('" + replay + "'))");

      ReplayEnd end = MergeReplay.run(withPatience(Duration.ofMillis(1)), replay, progress -> {});

      assertThat(((ReplayEnd.Failed) end).reason()).isEqualTo("another process runs it");
      assertThat(set.row("SELECT state FROM riffle.replays")).isEqualTo("RUNNING");
    }
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

  private ReplaySettings withPatience(Duration patience) {
    ReplaySettings usual = set.settings(1_000);
    return new ReplaySettings(
        usual.deployment(),
        usual.leaseLifetime(),
        usual.topics(),
        usual.layouts(),
        usual.database(),
        usual.registry(),
        usual.kafka(),
        usual.batch(),
        usual.retry(),
        patience);
  }

  /** Does something once, when so many transactions are committed. */
  private static Consumer<ReplayProgress> atStep(int steps, Runnable action) {
    AtomicInteger seen = new AtomicInteger();
    AtomicReference<Long> written = new AtomicReference<>(0L);
    return progress -> {
      if (progress.written() > written.getAndSet(progress.written())
          && seen.incrementAndGet() == steps) {
        action.run();
      }
    };
  }

  private HeldLease borrow() {
    try {
      LeaseParty party = LeaseParty.of("exec:other:1", "command", Duration.ofMinutes(10));
      return HeldLease.borrow(set.postgres.dataSource(), party, Duration.ofSeconds(20));
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
