package io.riffle.sink;

import static io.riffle.sink.SinkFixture.CARRIER_0;
import static io.riffle.sink.SinkFixture.CARRIER_1;
import static io.riffle.sink.SinkFixture.PARKED_0;
import static io.riffle.sink.SinkFixture.PARKED_TOPIC;
import static io.riffle.sink.SinkFixture.REJECTS_0;
import static io.riffle.sink.SinkFixture.REJECTS_TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.control.Parked;
import io.riffle.schemas.control.Parked.ParkedField;
import io.riffle.schemas.control.Reject;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Totals, barriers, what is parked and rejected, and the ledger that readers know. */
@ExtendWith(PostgresExtension.class)
class CompletionTest {
  private static final TopicPartition PARKED_1 = new TopicPartition(PARKED_TOPIC, 1);
  private static final TopicPartition REJECTS_1 = new TopicPartition(REJECTS_TOPIC, 1);
  private static final String STATE =
      "SELECT f.state, a.applied, a.older, a.rejected, a.problem, a.closed_at IS NOT NULL"
          + " FROM riffle.files f JOIN riffle.file_attempts a USING (file_id)";

  private final TestPostgres server;
  private SinkFixture sink;

  CompletionTest(TestPostgres server) {
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
  void aFileClosesWithTheLastOfItsBarriersWhateverTheirOrder() {
    sink.ledger(1, 5);
    for (long key = 1; key <= 3; key++) {
      sink.putCarrier(1, key, 100, 1, 1);
    }
    sink.putCarrier(CARRIER_1, 1, 4, 100, 1, 1);
    sink.putCarrier(CARRIER_1, 1, 5, 100, 1, 1);
    sink.barriers(1, 0, 2, 3, 3);
    sink.barriers(1, 1, 2, 2, 2);

    sink.worker().open(REJECTS_1, PARKED_0).drain();
    sink.worker().open(CARRIER_1, REJECTS_0).drain();
    sink.worker().open(PARKED_1).drain();
    assertThat(sink.row("SELECT count(*) FROM riffle.barriers")).isEqualTo("5");
    assertThat(sink.row(STATE)).isEqualTo("LOADING|0|0|0|null|f");

    sink.worker().open(CARRIER_0).drain();
    assertThat(sink.row(STATE)).isEqualTo("COMPLETED|5|0|0|null|t");
    assertThat(sink.row("SELECT status, last_record_number FROM ccw.s3_data_files"))
        .isEqualTo("COMPLETED|5");
  }

  @Test
  void twoTasksMeetInTheDatabaseOnly() {
    sink.ledger(1, 2);
    sink.putCarrier(1, 1, 100, 1, 1);
    sink.putCarrier(CARRIER_1, 1, 2, 100, 1, 1);
    sink.barriers(1, 0, 2, 1, 1);
    sink.barriers(1, 1, 2, 1, 1);
    TestWorker one = sink.worker().atOnce(1).open(CARRIER_0, PARKED_0, REJECTS_0);
    TestWorker other = sink.worker().atOnce(1).open(CARRIER_1, PARKED_1, REJECTS_1);

    while (!one.isDrained() || !other.isDrained()) {
      one.poll();
      other.poll();
    }

    assertThat(sink.row(STATE)).isEqualTo("COMPLETED|2|0|0|null|t");
  }

  @Test
  void repeatedKeysAreAddedUpBesideTheSums() {
    sink.ledger(1, 5);
    for (long key : new long[] {1, 2, 1}) {
      sink.putCarrier(1, key, 100, 1, 1);
    }
    sink.putCarrier(CARRIER_1, 1, 4, 100, 1, 1);
    sink.putCarrier(CARRIER_1, 1, 4, 100, 1, 1);
    sink.repeatedKeys(1, 0, 2, 3, 1);
    sink.repeatedKeys(1, 1, 2, 2, 1);

    sink.worker().open(CARRIER_0, PARKED_0, REJECTS_0, CARRIER_1, PARKED_1, REJECTS_1).drain();

    assertThat(sink.row(STATE)).isEqualTo("COMPLETED|5|0|0|null|t");
    assertThat(sink.row("SELECT repeated_keys FROM riffle.file_attempts")).isEqualTo("2");
    assertThat(sink.row("SELECT DISTINCT repeated_keys FROM riffle.barriers")).isEqualTo("1");
  }

  @Test
  void barriersFromBeforeRepeatedKeysWereCountedHaveNone() {
    sink.ledger(1, 1);
    sink.putCarrier(1, 1, 100, 1, 1);
    sink.barriers(1, 0, 1, 1, 1);

    sink.worker().open(CARRIER_0, PARKED_0, REJECTS_0).drain();

    assertThat(sink.row(STATE)).isEqualTo("COMPLETED|1|0|0|null|t");
    assertThat(sink.row("SELECT repeated_keys FROM riffle.file_attempts")).isEqualTo("0");
  }

  @Test
  void countsThatDifferLeaveTheFileLoadingAndSayWhy() {
    sink.ledger(1, 2);
    sink.putCarrier(1, 1, 100, 1, 1);
    sink.barriers(1, 0, 1, 2, 2);

    sink.worker().open(CARRIER_0, PARKED_0, REJECTS_0).drain();

    assertThat(sink.row(STATE))
        .startsWith("LOADING|1|0|0|2")
        .endsWith(" records were emitted, 1 reached the sink|f");
  }

  @Test
  void aFileThatWasRejectedMeanwhileDoesNotStopTheSink() {
    sink.ledger(1, 1);
    sink.postgres.execute("SELECT riffle.change_file_state(1, 'REJECTED', 'TOO_MANY_REJECTS')");
    sink.putCarrier(1, 1, 100, 1, 1);
    sink.barriers(1, 0, 1, 1, 1);

    sink.worker().open(CARRIER_0, PARKED_0, REJECTS_0).drain();

    assertThat(sink.row("SELECT state FROM riffle.files")).isEqualTo("REJECTED");
    assertThat(sink.row("SELECT problem FROM riffle.file_attempts")).contains("REJECTED");
    assertThat(sink.row("SELECT count(*) FROM riffle.barriers")).isEqualTo("3");
  }

  @Test
  void anEarlierAttemptThatClosesLateDoesNotEndTheCurrentOne() {
    sink.ledger(1, 1);
    sink.postgres.execute("UPDATE riffle.files SET state = 'PLANNED', attempt = 2");
    sink.putCarrier(1, 1, 100, 1, 1);
    sink.barriers(1, 0, 1, 1, 1);

    sink.worker().open(CARRIER_0, PARKED_0, REJECTS_0).drain();

    assertThat(sink.row(STATE)).isEqualTo("PLANNED|1|0|0|null|t");
  }

  @Test
  void nothingIsCountedTwiceAfterARewind() {
    sink.ledger(1, 3);
    for (long key = 1; key <= 2; key++) {
      sink.putCarrier(1, key, 100, 1, 1);
    }
    sink.worker().open(CARRIER_0).drain();
    sink.postgres.execute("UPDATE riffle.sink_offsets SET next = 1");
    sink.putCarrier(1, 3, 100, 1, 1);
    sink.barriers(1, 0, 1, 3, 3);

    sink.worker().open(CARRIER_0, PARKED_0, REJECTS_0).drain();
    assertThat(sink.row(STATE)).isEqualTo("COMPLETED|3|0|0|null|t");

    sink.postgres.execute("UPDATE riffle.sink_offsets SET next = 0");
    sink.worker().open(CARRIER_0, PARKED_0, REJECTS_0).drain();
    assertThat(sink.row(STATE)).isEqualTo("COMPLETED|3|0|0|null|t");
    assertThat(sink.row("SELECT applied, older, counted_to FROM riffle.sink_totals"))
        .isEqualTo("3|0|3");
  }

  @Test
  void whatIsParkedIsListedUntilItWaitsNoMore() {
    park("77", List.of(field(3, "hcpcs_cd"), field(1, "hcpcs_cd"), field(1, "betos_cd")));
    park("78", List.of(new ParkedField(Optional.empty(), "carr_num", version(), 9, empty())));
    sink.worker().open(PARKED_0).drain();
    assertThat(
            sink.rows(
                "SELECT type, key, whole, lines, columns, files, partition, \"offset\""
                    + " FROM riffle.parked ORDER BY key"))
        .containsExactly(
            "CARRIER|77|f|{1,3}|{betos_cd,hcpcs_cd}|{9}|0|0", "CARRIER|78|t|{}|{carr_num}|{9}|0|1");

    park("77", List.of());
    sink.worker().open(PARKED_0).drain();
    assertThat(sink.rows("SELECT key FROM riffle.parked")).containsExactly("78");
  }

  @Test
  void rejectsOfOthersAreStoredOnceWithTheirRecord() {
    sink.log.add(REJECTS_0, "9/1/4", sink.encoder.control(reject(Optional.empty())));
    sink.log.add(REJECTS_0, "9/1/5", sink.encoder.control(reject(Optional.of("main.rif.carrier"))));
    sink.worker().open(REJECTS_0).drain();
    sink.postgres.execute("UPDATE riffle.sink_offsets SET next = 0");

    sink.worker().open(REJECTS_0).drain();

    assertThat(
            sink.rows(
                "SELECT r.file_id, r.stage, r.record, r.line, r.column_name, r.reason, r.topic,"
                    + " r.partition, r.\"offset\", r.status, r.raw_bytes, r.raw_kept,"
                    + " encode(w.raw, 'escape')"
                    + " FROM riffle.rejects r JOIN riffle.rejects_raw w USING (reject_id)"
                    + " ORDER BY reject_id"))
        .containsExactly(
            "9|PRODUCER|4|5|CLM_ID|NOT_A_NUMBER|main.rif.rejects|0|0|OPEN|3|3|raw",
            "9|PRODUCER|4|5|CLM_ID|NOT_A_NUMBER|main.rif.carrier|3|17|OPEN|3|3|raw");
  }

  @Test
  void readersOfTheExistingLedgerSeeWhoseDataChanged() {
    sink.ledger(1, 3);
    sink.putCarrier(1, 5, 100, 1, 1);
    sink.putCarrier(1, 6, 100, 1, 1);
    sink.worker().open(CARRIER_0).drain();
    sink.deleteCarrier(1, 5);
    sink.worker().open(CARRIER_0).drain();

    assertThat(
            sink.row(
                "SELECT l.rif_type, l.s3_manifest_id, l.s3_file_index,"
                    + " a.loaded_file_id = l.loaded_file_id"
                    + " FROM ccw.loaded_files l, riffle.file_attempts a"))
        .isEqualTo("CARRIER|1|0|t");
    assertThat(sink.rows("SELECT beneficiaries FROM ccw.loaded_batches ORDER BY created"))
        .containsExactly("-6,-5", "-5");
    assertThat(
            sink.row(
                "SELECT count(*) FROM ccw.loaded_batches b JOIN ccw.carrier_claims c"
                    + " ON c.last_updated = b.created"))
        .isEqualTo("1");
  }

  private static ParkedField field(int line, String column) {
    return new ParkedField(Optional.of(line), column, version(), 9, empty());
  }

  private static io.riffle.schemas.control.Version version() {
    return Encoder.origin(9, 1).version();
  }

  private static ByteBuffer empty() {
    return ByteBuffer.wrap(new byte[] {0});
  }

  private void park(String key, List<ParkedField> fields) {
    Parked parked = new Parked(Encoder.origin(9, 1), "CARRIER", key, Optional.empty(), fields);
    sink.log.add(PARKED_0, "CARRIER|" + key, sink.encoder.control(parked));
  }

  private static Reject reject(Optional<String> topic) {
    return new Reject(
        Optional.of(9L),
        1,
        "CARRIER",
        Reject.Stage.PRODUCER,
        4,
        5,
        1,
        5,
        Optional.of("CLM_ID"),
        "NOT_A_NUMBER",
        topic,
        topic.isPresent() ? 3 : -1,
        topic.isPresent() ? 17 : -1,
        ByteBuffer.wrap(new byte[] {'r', 'a', 'w'}),
        Optional.of(3L),
        Optional.empty());
  }
}
