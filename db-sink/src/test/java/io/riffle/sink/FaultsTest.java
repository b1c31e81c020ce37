package io.riffle.sink;

import static io.riffle.sink.SinkFixture.CARRIER_0;
import static io.riffle.sink.SinkFixture.PARKED_0;
import static io.riffle.sink.SinkFixture.REJECTS_0;
import static io.riffle.sink.SinkFixture.REJECTS_TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.riffle.schemas.control.Reject;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bad records, broken sessions, other tasks, logs that changed. */
@ExtendWith(PostgresExtension.class)
class FaultsTest {
  private static final String KEYS = "SELECT clm_id FROM ccw.carrier_claims ORDER BY 1";
  private static final String REJECTS =
      "SELECT file_id, attempt, type, stage, record, line, reason, partition, \"offset\""
          + " FROM riffle.rejects ORDER BY \"offset\"";

  private final TestPostgres server;
  private SinkFixture sink;

  FaultsTest(TestPostgres server) {
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

  @Test
  void aRecordThatDoesNotFitIsIsolatedAndTheFileStillCloses() {
    sink.ledger(1, 40);
    for (long key = 1; key <= 40; key++) {
      if (key == 23) {
        Map<String, Object> header = Map.of("clm_id", key, "carr_num", "TOOLONGFORTHIS");
        sink.putCarrier(CARRIER_0, 1, key, 1, header, List.of());
      } else {
        sink.putCarrier(1, key, 100, 1, 1);
      }
    }
    sink.barriers(1, 0, 1, 40, 40);

    sink.worker().open(CARRIER_0, PARKED_0, REJECTS_0).drain();

    assertThat(sink.rows(KEYS)).hasSize(39).doesNotContain("23");
    assertThat(sink.rows(REJECTS)).containsExactly("1|1|CARRIER|SINK|23|24|DATA_EXCEPTION|0|22");
    assertThat(sink.row("SELECT sql_state, raw_bytes = raw_kept FROM riffle.rejects"))
        .isEqualTo("22001|t");
    assertThat(sink.row("SELECT length(raw) > 100 FROM riffle.rejects_raw")).isEqualTo("t");
    assertThat(sink.row("SELECT state FROM riffle.files")).isEqualTo("COMPLETED_WITH_REJECTS");
    assertThat(sink.row("SELECT applied, rejected FROM riffle.file_attempts")).isEqualTo("39|1");
  }

  @Test
  void valuesThatCannotBeReadAreRejectedAsUndecodable() {
    byte[] good = record(1).bytes();
    byte[] fingerprint = record(1).writer().header().value();
    byte[] cut = java.util.Arrays.copyOf(good, good.length - 1);
    byte[] foreign = "plain text".getBytes(StandardCharsets.UTF_8);
    byte[] key = {'1'};
    sink.log.add(CARRIER_0, key, cut, fingerprint);
    sink.log.add(CARRIER_0, key, foreign, fingerprint);
    sink.log.add(CARRIER_0, key, null, fingerprint);
    sink.log.add(CARRIER_0, key, good, new byte[8]);
    sink.log.add(CARRIER_0, new byte[] {'2'}, good, fingerprint);
    sink.log.add(CARRIER_0, key, good, fingerprint);

    sink.worker().open(CARRIER_0).drain();

    assertThat(sink.rows(KEYS)).containsExactly("1");
    assertThat(sink.rows(REJECTS))
        .containsExactly(
            "7|1|CARRIER|SINK|1|2|UNDECODABLE|0|0",
            "null|0|CARRIER|SINK|0|0|UNDECODABLE|0|1",
            "null|0|CARRIER|SINK|0|0|UNDECODABLE|0|2",
            "null|0|CARRIER|SINK|0|0|UNDECODABLE|0|3",
            "7|1|CARRIER|SINK|1|2|UNDECODABLE|0|4");
    assertThat(sink.row("SELECT applied, rejected FROM riffle.sink_totals")).isEqualTo("1|2");
  }

  @Test
  void aRejectKeepsNoMoreThanAMebibyteOfItsRecord() {
    byte[] fingerprint = record(1).writer().header().value();
    sink.log.add(CARRIER_0, new byte[] {'1'}, new byte[Reject.MAX_RAW + 5], fingerprint);

    sink.worker().open(CARRIER_0).drain();

    assertThat(
            sink.row(
                "SELECT raw_bytes, raw_kept, length(raw), sql_state FROM riffle.rejects"
                    + " JOIN riffle.rejects_raw USING (reject_id)"))
        .isEqualTo("1048581|1048576|1048576|null");
  }

  @Test
  void aSessionKilledDuringAFlushLosesNothingAndDoublesNothing() throws Exception {
    sink.ledger(1, 20);
    TestWorker worker = sink.worker(Map.of("batch.rows", "10")).atOnce(10).open(CARRIER_0);
    for (long key = 1; key <= 20; key++) {
      sink.putCarrier(1, key, 100, 1, 1);
    }
    try (Connection other = sink.postgres.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE ccw.carrier_claims IN EXCLUSIVE MODE");
      CompletableFuture<Void> killer = CompletableFuture.runAsync(this::killWaitingSink);
      worker.poll();
      killer.join();
      assertThat(worker.isPaused()).isTrue();
      other.rollback();
    }

    worker.drain();

    assertThat(worker.isPaused()).isFalse();
    assertThat(sink.rows(KEYS)).hasSize(20);
    assertThat(sink.row("SELECT applied, older, rejected, counted_to FROM riffle.sink_totals"))
        .isEqualTo("20|0|0|20");
    assertThat(sink.rows("SELECT * FROM riffle.rejects")).isEmpty();
  }

  private void killWaitingSink() {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                !sink.rows(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE application_name = 'main-db-sink'"
                            + " AND wait_event_type = 'Lock'")
                    .isEmpty());
  }

  @Test
  void aLockThatIsNotGivenIsWaitedForAndNeverARejection() throws Exception {
    TestWorker worker = sink.worker(Map.of("database.lock-timeout", "30ms")).open(CARRIER_0);
    sink.putCarrier(1, 1, 100, 1, 1);
    try (Connection other = sink.postgres.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE ccw.carrier_claims IN EXCLUSIVE MODE");
      await()
          .until(
              () -> {
                worker.poll();
                return worker.isPaused();
              });
      assertThat(worker.isDrained()).isFalse();
      other.rollback();
    }

    worker.drain();

    assertThat(sink.rows(KEYS)).containsExactly("1");
    assertThat(sink.rows("SELECT * FROM riffle.rejects")).isEmpty();
  }

  @Test
  void aRegistryThatIsAwayPausesAndRejectsNothing() {
    TestWorker worker = sink.worker().open(CARRIER_0);
    sink.putCarrier(1, 1, 100, 1, 1);
    sink.registry.available(false);
    worker.poll();
    assertThat(worker.isPaused()).isTrue();

    sink.registry.available(true);
    worker.drain();

    assertThat(sink.rows(KEYS)).containsExactly("1");
    assertThat(sink.rows("SELECT * FROM riffle.rejects")).isEmpty();
  }

  @Test
  void brokersThatAreAwayAtTheStartAreWaitedFor() {
    sink.putCarrier(1, 1, 100, 1, 1);
    sink.log.away(true);
    TestWorker worker = sink.worker().open(CARRIER_0);
    assertThat(worker.isPaused()).isTrue();

    sink.log.away(false);
    worker.drain();

    assertThat(sink.rows(KEYS)).containsExactly("1");
  }

  @Test
  void ofTwoTasksOnOnePartitionTheSlowerWritesNothingAndReadsOnBehindTheOther() {
    for (long key = 1; key <= 3; key++) {
      sink.putCarrier(1, key, 100, 1, 1);
    }
    TestWorker slow = sink.worker().open(CARRIER_0);
    TestWorker fast = sink.worker().open(CARRIER_0).drain();
    List<String> rows = sink.rows("SELECT clm_id, xmin FROM ccw.carrier_claims ORDER BY 1");

    slow.poll();
    slow.poll();

    assertThat(sink.rows("SELECT clm_id, xmin FROM ccw.carrier_claims ORDER BY 1")).isEqualTo(rows);
    assertThat(slow.written().get(CARRIER_0).offset()).isEqualTo(3);
    sink.putCarrier(1, 4, 100, 1, 1);
    slow.drain();
    assertThat(sink.rows(KEYS)).containsExactly("1", "2", "3", "4");
    fast.poll();
    assertThat(sink.row("SELECT applied, older FROM riffle.sink_totals")).isEqualTo("4|0");
  }

  @Test
  void anOffsetMovedBackMakesTheTaskReadAgain() {
    sink.putCarrier(1, 1, 100, 1, 1);
    TestWorker worker = sink.worker().open(CARRIER_0).drain();
    sink.postgres.execute("DELETE FROM ccw.carrier_claims");
    sink.postgres.execute("UPDATE riffle.sink_offsets SET next = 0");
    sink.putCarrier(1, 2, 100, 1, 1);

    worker.poll();
    worker.poll();
    worker.drain();

    assertThat(sink.rows(KEYS)).containsExactly("1", "2");
  }

  @Test
  void theDatabaseDecidesWhereToReadOnNotTheConsumerGroup() {
    for (long key = 1; key <= 4; key++) {
      sink.putCarrier(1, key, 100, 1, 1);
    }
    sink.log.skip(CARRIER_0);

    sink.worker().open(3, CARRIER_0).drain();
    assertThat(sink.rows(KEYS)).hasSize(4);
    assertThat(sink.row("SELECT topic, partition, partitions, next FROM riffle.sink_offsets"))
        .isEqualTo("main.merged.carrier|0|4|4");

    sink.postgres.execute("TRUNCATE ccw.carrier_claims, ccw.carrier_claim_lines");
    sink.putCarrier(1, 5, 100, 1, 1);
    sink.worker().open(0, CARRIER_0).drain();
    assertThat(sink.rows(KEYS)).containsExactly("5");
  }

  @Test
  void aTransactionsEndThatExpiredBehindTheLastRecordIsNoLoss() {
    sink.ledger(1, 1);
    sink.putCarrier(1, 1, 100, 1, 1);
    sink.barriers(1, 0, 1, 1, 1);
    sink.log.skip(REJECTS_0);
    sink.worker().open(CARRIER_0, PARKED_0, REJECTS_0).drain();
    sink.log.removeBefore(REJECTS_0, sink.log.end(REJECTS_0));

    sink.ledger(2, 1);
    assertThatThrownBy(() -> sink.worker().open(REJECTS_0)).hasMessageContaining("removed unread");
    sink.postgres.execute("UPDATE riffle.files SET state = 'COMPLETED' WHERE file_id = 2");
    sink.worker().open(REJECTS_0);

    assertThat(
            sink.row("SELECT next FROM riffle.sink_offsets WHERE topic = '" + REJECTS_TOPIC + "'"))
        .isEqualTo(Long.toString(sink.log.end(REJECTS_0)));
  }

  @Test
  void aLogThatDoesNotFitTheStoredOffsetFailsTheTaskWithARemedy() {
    for (long key = 1; key <= 5; key++) {
      sink.putCarrier(1, key, 100, 1, 1);
    }
    sink.worker().open(CARRIER_0).drain();

    sink.log.partitions(5);
    assertFails("had 4 partitions and has 5");
    sink.log.partitions(4);
    sink.log.cut(CARRIER_0, 4);
    assertFails("the log ends at 4");
    sink.putCarrier(1, 6, 100, 1, 1);
    sink.putCarrier(1, 7, 100, 1, 1);
    sink.log.removeBefore(CARRIER_0, 6);
    assertFails("records 5 to 5 were removed unread");
    sink.log.recreate(CARRIER_0.topic());
    assertFails("deleted and created again");
  }

  @Test
  void topicsOfAnotherGenerationThanTheSetsAreRefused() {
    sink.putCarrier(1, 7, 100, 1, 1);
    sink.worker().open(CARRIER_0).drain();
    sink.postgres.execute(
        "UPDATE riffle.generations SET state = 'FORMER';"
            + " INSERT INTO riffle.generations VALUES (1, 'CURRENT', 'SWITCHED', NULL),"
            + " (2, 'NEXT', 'FILL', NULL)");
    TopicPartition current = new TopicPartition(CARRIER_0.topic() + ".g1", 0);
    TopicPartition next = new TopicPartition(CARRIER_0.topic() + ".g2", 0);
    sink.putCarrier(current, 1, 7, 200, 2, 1);
    sink.putCarrier(next, 1, 7, 300, 3, 1);

    for (TopicPartition other : List.of(CARRIER_0, next)) {
      TestWorker worker = sink.worker();
      assertThatThrownBy(() -> worker.open(other))
          .isInstanceOf(ConnectException.class)
          .hasMessageContaining("the set is at generation 1")
          .hasMessageContaining("topics name " + other.topic())
          .hasMessageContaining("Remedy");
    }
    sink.worker().open(current).drain();
    assertThat(sink.rows("SELECT riffle_generation, clm_pmt_amt FROM ccw.carrier_claims"))
        .containsExactly("1|2.00");
  }

  private void assertFails(String finding) {
    TestWorker worker = sink.worker();
    assertThatThrownBy(() -> worker.open(CARRIER_0))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("main.merged.carrier-0")
        .hasMessageContaining(finding)
        .hasMessageContaining("Remedy");
  }

  @Test
  void partitionsThatAreTakenAwayTakeTheirRecordsWithThem() {
    sink.putCarrier(1, 1, 100, 1, 1);
    TestWorker worker = sink.worker(Map.of("batch.age", "1h", "batch.idle", "1h")).open(CARRIER_0);
    worker.poll();

    worker.closePartitions(List.of(CARRIER_0));
    worker.poll();

    assertThat(sink.rows(KEYS)).isEmpty();
    assertThat(worker.written()).isEmpty();
  }

  private Encoder.Value record(long key) {
    return sink.encoder.merged(
        SinkFixture.CARRIER,
        Encoder.origin(7, 1),
        1,
        Map.of("clm_id", key),
        List.of(Map.of("line_num", 1)));
  }
}
