package io.riffle.sink;

import static io.riffle.sink.StagingFixture.ROWS;
import static io.riffle.sink.StagingFixture.STAMPS;
import static io.riffle.sink.StagingFixture.VERSIONS;
import static io.riffle.sink.StagingFixture.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.sink.ChangeEvents.At;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of rows of staging tables: versions, stamps, deletes, keys, truncates, sweeps. */
@ExtendWith(PostgresExtension.class)
class StagingRowsTest {
  private static final String PHYSICAL = "SELECT id, xmin, ctid FROM stg_qvp.orders ORDER BY id";

  private final TestPostgres server;
  private StagingFixture staging;

  StagingRowsTest(TestPostgres server) {
    this.server = server;
  }

  @BeforeEach
  void create() {
    staging = new StagingFixture(server);
  }

  @AfterEach
  void close() {
    staging.close();
  }

  @Test
  void anEventMakesTheTableAndItsRow() {
    staging.put("c", At.lsn(100, 110), 7, "a\tb\\c\nd", "1.50");

    staging.drain();

    assertThat(staging.rows(ROWS)).containsExactly("7|a\tb\\c\nd|1.50|t");
    assertThat(staging.rows(STAMPS)).containsExactly("7|110|110|null");
    assertThat(staging.rows(VERSIONS)).containsExactly("7|1|100|110|0");
    assertThat(
            staging.row(
                "SELECT source, table_name, source_schema, topic, epoch, last_commit, last_lsn,"
                    + " last_offset, extract(epoch FROM last_commit_at)::bigint"
                    + " FROM riffle.staging_tables"))
        .isEqualTo("qvp|orders|public|main.cdc.qvp.public.orders|1|100|110|0|110");
    assertThat(staging.counts()).isEqualTo("1|0|0|0|0|0|0");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 500})
  void insertedStaysUpdatedFollowsValues(int atOnce) {
    staging.put("c", At.lsn(100, 110), 7, "a", "1.00");
    staging.put("u", At.lsn(200, 210), 7, "b", "1.00");

    staging.drainBy(atOnce);

    assertThat(staging.rows(ROWS)).containsExactly("7|b|1.00|t");
    assertThat(staging.rows(STAMPS)).containsExactly("7|110|210|null");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 500})
  void equalValuesAdvanceTheVersionAlone(int atOnce) {
    staging.put("c", At.lsn(100, 110), 7, "a", "1.00");
    staging.put("u", At.lsn(200, 210), 7, "a", "1.00");

    staging.drainBy(atOnce);

    assertThat(staging.rows(STAMPS)).containsExactly("7|110|110|null");
    assertThat(staging.rows(VERSIONS)).containsExactly("7|1|200|210|1");
    assertThat(staging.counts()).isEqualTo("1|0|0|1|0|0|0");
  }

  @Test
  void aValueThatCameAndWentBackCountsAsChanged() {
    staging.put("c", At.lsn(100, 110), 7, "a", "1.00");
    staging.drain();
    staging.put("u", At.lsn(200, 210), 7, "b", "1.00");
    staging.put("u", At.lsn(300, 310), 7, "a", "1.00");

    staging.drain();

    assertThat(staging.rows(STAMPS)).containsExactly("7|110|310|null");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 500})
  void deletesAreSoftAndAReinsertClearsThem(int atOnce) {
    staging.put("c", At.lsn(100, 110), 7, "a", "1.00");
    staging.put("c", At.lsn(100, 120), 8, "b", "2.00");
    staging.delete(At.lsn(200, 210), 7);
    staging.drainBy(atOnce);
    assertThat(staging.rows(ROWS)).containsExactly("7|a|1.00|f", "8|b|2.00|t");
    assertThat(staging.rows(STAMPS)).containsExactly("7|110|110|210", "8|120|120|null");

    staging.put("c", At.lsn(300, 310), 7, "c", "3.00");
    staging.drainBy(atOnce);

    assertThat(staging.rows(ROWS)).containsExactly("7|c|3.00|t", "8|b|2.00|t");
    assertThat(staging.rows(STAMPS)).containsExactly("7|310|310|null", "8|120|120|null");
  }

  @Test
  void aRowThatIsDeletedAndInsertedInOneBatchIsNew() {
    staging.put("c", At.lsn(100, 110), 7, "a", "1.00");
    staging.drain();
    staging.delete(At.lsn(200, 210), 7);
    staging.put("c", At.lsn(300, 310), 7, "a", "1.00");

    staging.drain();

    assertThat(staging.rows(STAMPS)).containsExactly("7|310|310|null");
  }

  /** B36: the row before is null in a delete, so that the key tells which one. */
  @Test
  void aDeleteWithoutTheRowBeforeUsesTheKeyB36() {
    staging.put("c", At.lsn(100, 110), 7, "a", "1.00");
    staging.add(
        staging.events.key(row("id", 7L)), staging.events.event("d", At.lsn(200, 210), null, null));

    staging.drain();

    assertThat(staging.rows(ROWS)).containsExactly("7|a|1.00|f");
  }

  @Test
  void aDeleteOfAnUnseenKeyIsRememberedSoThatAnOlderRowStaysAway() {
    staging.delete(At.lsn(200, 210), 7);
    staging.drain();
    assertThat(staging.rows(STAMPS)).containsExactly("7|null|null|210");

    staging.put("r", At.incremental(150), 7, "old", "1.00");
    staging.drain();

    assertThat(staging.rows(ROWS)).containsExactly("7|null|null|f");
    assertThat(staging.counts()).isEqualTo("0|0|1|0|1|0|0");
  }

  /** B36. */
  @Test
  void eventsWithoutAKeyAreRejectedB36() {
    byte[] value =
        staging.events.event("c", At.lsn(1, 2), null, StagingFixture.order(1, "a", "1.00"));
    staging.add(null, value);
    staging.add(new byte[0], value);
    staging.put("c", At.lsn(1, 3), 2, "b", "2.00");

    staging.drain();

    assertThat(staging.rows(ROWS)).containsExactly("2|b|2.00|t");
    assertThat(staging.rows("SELECT reason, type, \"offset\" FROM riffle.rejects ORDER BY 3"))
        .containsExactly("KEY_MISSING|stg_qvp.orders|0", "KEY_MISSING|stg_qvp.orders|1");
    assertThat(staging.counts()).isEqualTo("1|0|0|0|0|0|2");
  }

  /** B40: an incremental snapshot's row that was read before, and came after, a newer event. */
  @ParameterizedTest
  @ValueSource(ints = {1, 500})
  void anOlderSnapshotRowLosesB40(int atOnce) {
    staging.put("u", At.lsn(200, 210), 7, "new", "2.00");
    staging.put("r", At.incremental(150), 7, "old", "1.00");
    staging.put("r", At.incremental(300), 8, "only", "3.00");

    staging.drainBy(atOnce);

    assertThat(staging.rows(ROWS)).containsExactly("7|new|2.00|t", "8|only|3.00|t");
    assertThat(staging.rows(VERSIONS)).containsExactly("7|1|200|210|0", "8|1|300|300|2");
  }

  /** A snapshot's time is the reader's clock: changes that it reads late were committed before. */
  @ParameterizedTest
  @ValueSource(ints = {1, 500})
  void aRowIsNeverInsertedAfterItsChanges(int atOnce) {
    staging.put("r", new At(100L, 100L, 900_000_000, "incremental"), 7, "snapshot", "1.00");
    staging.put("u", At.lsn(200, 210), 7, "changed", "1.00");
    staging.put("u", At.lsn(300, 310), 7, "changed", "1.00");

    staging.drainBy(atOnce);

    assertThat(staging.rows(STAMPS)).containsExactly("7|210|210|null");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 500})
  void aRowIsNeverInsertedAfterItWasDeleted(int atOnce) {
    staging.put("r", new At(100L, 100L, 900_000_000, "incremental"), 7, "snapshot", "1.00");
    staging.put("r", new At(100L, 100L, 900_000_000, "incremental"), 8, "snapshot", "1.00");
    staging.delete(At.lsn(200, 210), 7);
    staging.sweep(1, 400, 400, 777);

    staging.drainBy(atOnce);

    assertThat(staging.rows(STAMPS)).containsExactly("7|210|900|210", "8|777|900|777");
  }

  /** Its places in the log are before the snapshot, its commit is behind it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 500})
  void aTransactionThatBeganBeforeASnapshotAndEndsBehindItWins(int atOnce) {
    staging.put("r", At.incremental(500), 7, "snapshot", "1.00");
    staging.put("u", At.lsn(600, 400), 7, "committed later", "2.00");

    staging.drainBy(atOnce);

    assertThat(staging.rows(ROWS)).containsExactly("7|committed later|2.00|t");
  }

  /** As Debezium says of the stream after its source was gone for a moment. */
  @ParameterizedTest
  @ValueSource(ints = {1, 500})
  void anEventOfTheStreamIsNoneOfASnapshotWhateverItSays(int atOnce) {
    staging.put("r", At.incremental(100), 7, "snapshot", "1.00");
    staging.put("r", At.incremental(100), 8, "snapshot", "1.00");
    staging.put("u", new At(200L, 210L, 210_000_000, "true"), 7, "streamed", "1.00");
    staging.delete(new At(300L, 310L, 310_000_000, "last"), 8);

    staging.drainBy(atOnce);

    assertThat(staging.rows(ROWS)).containsExactly("7|streamed|1.00|t", "8|snapshot|1.00|f");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 500})
  void everythingStreamedIsNewerThanAnInitialSnapshot(int atOnce) {
    staging.put("r", At.initial(900), 7, "snapshot", "1.00");
    staging.put("u", At.lsn(600, 700), 7, "streamed", "2.00");

    staging.drainBy(atOnce);

    assertThat(staging.rows(ROWS)).containsExactly("7|streamed|2.00|t");
  }

  @Test
  void aNewEpochIsNewerWhateverItsPlaces() {
    staging.put("u", At.lsn(900, 910), 7, "before the failover", "1.00");
    staging.drain();
    staging.epoch(2).put("u", At.lsn(10, 20), 7, "after it", "2.00");
    staging.drain();
    staging.epoch(1).put("u", At.lsn(950, 960), 7, "late", "3.00");

    staging.drain();

    assertThat(staging.rows(ROWS)).containsExactly("7|after it|2.00|t");
  }

  @Test
  void aReplayFromAnyOffsetChangesNothing() {
    for (int i = 0; i < 300; i++) {
      int id = i % 20;
      if (i % 7 == 3) {
        staging.delete(At.lsn(100 + i, 100 + i), id);
      } else if (i == 150) {
        staging.truncate(At.lsn(100 + i, 100 + i));
      } else if (i == 250) {
        staging.sweep(1, 260, 260, 777);
      } else if (i % 11 == 5) {
        staging.tombstone(id);
      } else {
        staging.put("u", At.lsn(100 + i, 100 + i), id, "note " + i, "1.00");
      }
    }
    staging.drainBy(37);
    List<String> physical = staging.rows(PHYSICAL);
    List<String> stamps = staging.rows(STAMPS);

    staging.rewind();
    staging.drainBy(13);

    assertThat(staging.rows(STAMPS)).isEqualTo(stamps).hasSize(20);
    assertThat(staging.rows(PHYSICAL)).isEqualTo(physical);
  }

  @Test
  void anyCutIntoBatchesGivesTheSameRows() {
    for (int i = 0; i < 120; i++) {
      int id = i * 7 % 10;
      if (i % 9 == 4) {
        staging.delete(At.lsn(i, i), id);
      } else if (i % 13 == 6) {
        staging.put("r", At.incremental(i - 5), id, "snapshot", "0.00");
      } else if (i == 60) {
        staging.truncate(At.lsn(i, i));
      } else {
        String note = i % 3 == 1 ? StagingFixture.PLACEHOLDER : "note " + i % 4;
        staging.put(i % 2 == 0 ? "c" : "u", At.lsn(i, i), id, note, i % 5 + ".00");
      }
    }
    staging.drainBy(1);
    String all = "SELECT * FROM stg_qvp.orders ORDER BY id";
    List<String> oneByOne = staging.rows(all);

    for (int size : new int[] {2, 7, 500}) {
      staging.sink.postgres.execute("DROP TABLE stg_qvp.orders");
      staging.sink.postgres.execute("DELETE FROM riffle.staging_tables");
      staging.rewind();
      staging.drainBy(size);
      assertThat(staging.rows(all)).as("batches of %d", size).isEqualTo(oneByOne);
    }
  }

  /** A42: both in one transaction, however the batches are cut. */
  @ParameterizedTest
  @ValueSource(ints = {1, 500})
  void aChangedKeyIsADeleteAndAnInsertInOneTransactionA42(int atOnce) {
    staging.put("c", At.lsn(100, 110), 7, "a", "1.00");
    staging.move(At.lsn(200, 210), 7, StagingFixture.order(8, "a", "1.00"));

    staging.drainBy(atOnce);

    assertThat(staging.rows(ROWS)).containsExactly("7|a|1.00|f", "8|a|1.00|t");
    assertThat(staging.rows(STAMPS)).containsExactly("7|110|110|210", "8|210|210|null");
    assertThat(staging.row("SELECT count(DISTINCT xmin::text) FROM stg_qvp.orders")).isEqualTo("1");
  }

  @Test
  void theFirstHalfOfAChangedKeyWaitsForTheSecondA42() {
    staging.put("c", At.lsn(100, 110), 7, "a", "1.00");
    staging.moveFrom(At.lsn(200, 210), 7);
    TestWorker worker = staging.worker();
    worker.poll();
    worker.poll();
    worker.poll();
    assertThat(staging.rows(ROWS)).containsExactly("7|a|1.00|t");

    staging.moveTo(At.lsn(200, 210), StagingFixture.order(8, "a", "1.00"));
    worker.drain();

    assertThat(staging.rows(ROWS)).containsExactly("7|a|1.00|f", "8|a|1.00|t");
  }

  @Test
  void ofAChangedKeyThatDoesNotFitTheOldRowIsGoneAllTheSame() {
    staging.put("c", At.lsn(100, 110), 7, "a", "1.00");
    staging.move(At.lsn(200, 210), 7, StagingFixture.order(8, "a", "12345678901.00"));
    staging.put("c", At.lsn(300, 310), 9, "b", "1.00");

    staging.drain();

    assertThat(staging.rows(ROWS)).containsExactly("7|a|1.00|f", "9|b|1.00|t");
    assertThat(staging.row("SELECT reason, sql_state, \"offset\" FROM riffle.rejects"))
        .isEqualTo("DATA_EXCEPTION|22003|2");
  }

  /** A42: what is older than the truncate is gone, whenever it comes. */
  @ParameterizedTest
  @ValueSource(ints = {1, 500})
  void aTruncateDeletesWhatIsOlderA42(int atOnce) {
    staging.put("c", At.lsn(100, 110), 7, "a", "1.00");
    staging.put("c", At.lsn(100, 120), 8, "b", "2.00");
    staging.delete(At.lsn(150, 160), 8);
    staging.truncate(At.lsn(200, 210));
    staging.put("r", At.incremental(150), 9, "read before it", "3.00");
    staging.put("c", At.lsn(300, 310), 10, "after it", "4.00");

    staging.drainBy(atOnce);

    assertThat(staging.rows(STAMPS))
        .containsExactly("7|110|110|210", "8|120|120|160", "10|310|310|null");
    assertThat(
            staging.row(
                "SELECT floor_epoch, floor_commit, floor_lsn, floor_offset, older"
                    + " FROM riffle.staging_tables"))
        .isEqualTo("1|200|210|3|1");
  }

  @Test
  void aTruncateOfATableThatWasNeverSeenIsRemembered() {
    staging.truncate(At.lsn(200, 210));
    staging.put("r", At.incremental(150), 9, "read before it", "3.00");
    staging.put("c", At.lsn(300, 310), 10, "after it", "4.00");

    staging.drainBy(1);

    assertThat(staging.rows(ROWS)).containsExactly("10|after it|4.00|t");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 500})
  void aSweepDeletesWhatTheSnapshotDidNotSee(int atOnce) {
    staging.put("c", At.lsn(100, 110), 7, "gone in a gap", "1.00");
    staging.put("c", At.lsn(100, 120), 8, "still there", "2.00");
    staging.put("r", At.incremental(500), 8, "still there", "2.00");
    staging.put("c", At.lsn(510, 520), 9, "new", "3.00");
    staging.sweep(1, 400, 400, 777);

    staging.drainBy(atOnce);

    assertThat(staging.rows(STAMPS))
        .containsExactly("7|110|110|777", "8|120|120|null", "9|520|520|null");
    assertThat(
            staging.row(
                "SELECT deleted, unchanged, extract(epoch FROM swept_at)::bigint"
                    + " FROM riffle.staging_tables"))
        .isEqualTo("1|1|777");
  }

  /** As when a part of an archive is read back that does not have the sweep. */
  @Test
  void whatASweepTookDoesNotComeBackWithAnEventThatIsReadAgain() {
    staging.put("c", At.lsn(100, 110), 7, "gone in a gap", "1.00");
    staging.sweep(1, 400, 400, 777);
    staging.drain();

    staging.put("c", At.lsn(100, 110), 7, "gone in a gap", "1.00");
    staging.drain();
    assertThat(staging.rows(STAMPS)).containsExactly("7|110|110|777");

    staging.put("c", At.lsn(410, 420), 7, "new", "2.00");
    staging.drain();
    assertThat(staging.rows(STAMPS)).containsExactly("7|420|420|null");
  }

  /** The source has it, though its new values could not be written. */
  @ParameterizedTest
  @ValueSource(ints = {1, 500})
  void aRejectedRowOfASnapshotIsNotSweptAway(int atOnce) {
    staging.events.column("at", "\"long\"", "io.debezium.time.MicroTimestamp", "TIMESTAMP");
    Map<String, Object> unreadable = StagingFixture.order(8, "new", "2.00");
    unreadable.put("at", -9_223_372_036_853_775_810L + 20);
    staging.put("c", At.lsn(100, 110), 7, "a", "1.00");
    staging.put("c", At.lsn(100, 120), 8, "b", "2.00");
    staging.put("c", At.lsn(100, 130), 9, "gone", "3.00");
    staging.drain();

    staging.put("r", At.incremental(500), 7, "new", "12345678901.00");
    staging.put("r", At.incremental(500), unreadable);
    staging.put("r", At.incremental(500), 10, "never seen", "12345678901.00");
    staging.sweep(1, 400, 400, 777);
    staging.drainBy(atOnce);

    assertThat(staging.rows(ROWS)).containsExactly("7|a|1.00|t", "8|b|2.00|t", "9|gone|3.00|f");
    assertThat(staging.rows("SELECT sql_state FROM riffle.rejects ORDER BY \"offset\""))
        .containsExactly("22003", "null", "22003");
    assertThat(staging.counts()).isEqualTo("3|0|1|0|0|0|3");
  }

  /** Text with a null character fits no type: then nothing is told of the row. */
  @Test
  void aRejectWithAKeyThatDoesNotFitIsARejectAlone() {
    staging.events.key("id", "note");
    staging.put("c", At.lsn(100, 110), 7, "a", "1.00");
    staging.put("c", At.lsn(100, 120), 8, "b\u0000", "2.00");
    staging.put("c", At.lsn(100, 130), 9, "c", "3.00");

    staging.drain();

    assertThat(staging.rows(ROWS)).containsExactly("7|a|1.00|t", "9|c|3.00|t");
    assertThat(staging.row("SELECT \"offset\" FROM riffle.rejects")).isEqualTo("1");
  }

  /** An archive is loaded behind what is there, or the topic was made anew. */
  @Test
  void theLastEventIsTheNewestInTheSourceWhateverItsOffset() {
    String last =
        "SELECT epoch, last_lsn, last_offset, extract(epoch FROM last_commit_at)::bigint"
            + " FROM riffle.staging_tables";
    staging.put("c", At.lsn(500, 510), 7, "a", "1.00");
    staging.put("c", At.lsn(100, 110), 8, "of an archive", "1.00");
    staging.drain();
    assertThat(staging.row(last)).isEqualTo("1|510|0|510");

    staging.sink.postgres.execute("UPDATE riffle.staging_tables SET last_offset = 1000");
    staging.epoch(2).put("c", At.lsn(10, 20), 9, "of a new topic", "1.00");
    staging.drain();

    assertThat(staging.row(last)).isEqualTo("2|20|2|20");
  }

  @Test
  void aSweepOfATableWithoutRowsIsNothing() {
    staging.sweep(1, 400, 400, 777);

    staging.drain();

    assertThat(staging.row("SELECT to_regclass('stg_qvp.orders') IS NULL")).isEqualTo("t");
  }

  /** B42. */
  @ParameterizedTest
  @ValueSource(ints = {1, 500})
  void aTombstoneIsADeleteAndASecondOneNothingB42(int atOnce) {
    staging.put("c", At.lsn(100, 110), 7, "a", "1.00");
    staging.tombstone(7);
    staging.tombstone(7);
    staging.put("c", At.lsn(300, 310), 8, "b", "2.00");
    staging.tombstone(9);

    staging.drainBy(atOnce);

    assertThat(staging.rows(STAMPS))
        .containsExactly("7|110|110|110", "8|310|310|null", "9|null|null|310");
  }

  @Test
  void aTombstoneIsOlderThanWhatStandsBehindItB42() {
    staging.tombstone(7);
    staging.put("c", At.lsn(100, 110), 7, "a", "1.00");
    staging.drain();
    assertThat(staging.rows(ROWS)).containsExactly("7|a|1.00|t");

    staging.rewind();
    staging.drainBy(1);

    assertThat(staging.rows(ROWS)).containsExactly("7|a|1.00|t");
  }

  /** B37: what Debezium writes beside changes has no effect. */
  @Test
  void messagesAndTheirLikeAreIgnoredB37() {
    staging.put("c", At.lsn(100, 110), 7, "a", "1.00");
    staging.put("m", At.lsn(200, 210), 7, "b", "2.00");
    var heartbeat =
        org.apache.avro.SchemaBuilder.record("Heartbeat")
            .namespace("io.debezium.connector.common")
            .fields()
            .requiredLong("ts_ms")
            .endRecord();
    var handle =
        io.riffle.schemas.wire.SchemaHandle.register(staging.sink.registry, "hb", heartbeat);
    var record = new org.apache.avro.generic.GenericData.Record(heartbeat);
    record.put("ts_ms", 1L);
    staging.add(
        staging.events.key(row("id", 1L)), io.riffle.schemas.wire.AvroBytes.encode(handle, record));

    staging.drain();

    assertThat(staging.rows(ROWS)).containsExactly("7|a|1.00|t");
    assertThat(staging.rows("SELECT * FROM riffle.rejects")).isEmpty();
  }

  /** A table without a key: cdc-source reads it anew each time, the sink sees what changed. */
  @Test
  void rowsOfATableWithoutAKeyAreToldApartByRiffleRow() {
    staging.events.key("riffle_row");
    put("h1", "a");
    put("h2", "b");
    staging.sweep(1, 90, 90, 100);
    staging.drain();
    List<String> first = staging.rows("SELECT riffle_row, note FROM stg_qvp.orders ORDER BY 1");
    assertThat(first).containsExactly("h1|a", "h2|b");

    staging.epoch(2);
    put("h1", "a");
    put("h3", "c");
    staging.sweep(2, 90, 90, 200);
    staging.drain();

    assertThat(
            staging.rows(
                "SELECT riffle_row, note, extract(epoch FROM riffle_updated_at)::bigint,"
                    + " extract(epoch FROM riffle_deleted_at)::bigint"
                    + " FROM stg_qvp.orders ORDER BY 1"))
        .containsExactly("h1|a|100|null", "h2|b|100|200", "h3|c|100|null");
  }

  private void put(String hash, String note) {
    Map<String, Object> after = StagingFixture.order(1, note, "1.00");
    staging.add(
        staging.events.key(row("riffle_row", hash)),
        staging.events.event("r", At.lsn(100, 100), null, after));
  }

  @Test
  void aRecordThatCannotBeDecodedIsSetAsideAndTheRestGoesOn() {
    staging.put("c", At.lsn(100, 110), 7, "a", "1.00");
    staging.add(staging.events.key(row("id", 8L)), new byte[] {0, 0, 0});
    staging.put("c", At.lsn(100, 130), 9, "a", "12345678901.00");
    staging.put("c", At.lsn(100, 140), 10, "b\u0000", "1.00");
    staging.put("c", At.lsn(100, 150), 11, "c", "1.00");

    staging.drain();

    assertThat(staging.rows(ROWS)).containsExactly("7|a|1.00|t", "11|c|1.00|t");
    assertThat(staging.rows("SELECT \"offset\", reason FROM riffle.rejects ORDER BY 1"))
        .containsExactly("1|UNDECODABLE", "2|DATA_EXCEPTION", "3|DATA_EXCEPTION");
  }

  @Test
  void keysThatAreEqualInTheirTypeAreOneRow() {
    staging.events.key("code").column("code", "\"string\"", "CITEXT", null, null);
    staging.put("c", At.lsn(100, 110), row("code", "Ab", "id", 1L, "note", "first"));
    staging.put("u", At.lsn(200, 210), row("code", "AB", "id", 1L, "note", "second"));

    staging.drain();

    assertThat(staging.rows("SELECT code, note FROM stg_qvp.orders")).containsExactly("AB|second");
  }

  @Test
  void rowsWithSeveralKeyColumns() {
    staging.events.key("id", "note");
    staging.put("c", At.lsn(100, 110), 7, "a", "1.00");
    staging.put("c", At.lsn(100, 120), 7, "b", "2.00");
    staging.drain();
    staging.put("u", At.lsn(200, 210), 7, "b", "3.00");

    staging.drain();

    assertThat(staging.rows(ROWS)).containsExactlyInAnyOrder("7|a|1.00|t", "7|b|3.00|t");
  }
}
