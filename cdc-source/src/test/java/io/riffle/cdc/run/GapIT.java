package io.riffle.cdc.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.cdc.connector.ConnectorStatus;
import io.riffle.cdc.ledger.SourceState;
import io.riffle.cdc.ledger.Sources;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Slots that have lost changes (docs/reliability.md): nothing is read, whoever starts what, until a
 * new epoch has read all tables. In each the worker starts by itself first, while cdc-source is
 * away.
 */
@Tag("full")
@Tag("capture")
@ExtendWith({PostgresExtension.class, KafkaExtension.class, RegistryExtension.class})
class GapIT {
  private static final String ITEMS = "SELECT id, name FROM app.item";

  private final CaptureFixture capture;
  private final TestPostgres source;

  GapIT(TestKafka kafka, TestRegistry registry, TestPostgres postgres) {
    capture = new CaptureFixture(kafka, registry, postgres);
    source = capture.source;
  }

  @BeforeEach
  void captureItems() {
    source.execute(
        "CREATE SCHEMA app; CREATE TABLE app.item (id int PRIMARY KEY, name text);"
            + " INSERT INTO app.item SELECT n, 'first' FROM generate_series(1, 20) n");
    capture.add(10, Duration.ofHours(1), "app.item");
    capture.awaitState(SourceState.STREAMING);
    capture.awaitSnapshots();
    capture.awaitReplica("app.item", ITEMS);
  }

  @AfterEach
  void close() {
    capture.close();
  }

  /** Row A35. */
  @Test
  void readsNothingAfterTheSlotWasDropped() throws Exception {
    withEverythingAway("SELECT pg_drop_replication_slot('" + capture.slotName() + "')");
    assertThatTheWorkerRefuses();
    assertThat(slots()).isZero();

    assertThatCdcSourceTells("SLOT_MISSING");
    aNewEpochBringsEverything();
  }

  /** Row A35, where somebody means well and makes it again. */
  @Test
  void readsNothingAfterTheSlotWasMadeAgain() throws Exception {
    String slot = capture.slotName();
    withEverythingAway(
        "SELECT pg_drop_replication_slot('"
            + slot
            + "'); SELECT pg_create_logical_replication_slot('"
            + slot
            + "', 'pgoutput')");
    assertThatTheWorkerRefuses();

    assertThatCdcSourceTells("SLOT_AHEAD");
    aNewEpochBringsEverything();
  }

  /** Row A36. */
  @Test
  void readsNothingAfterTheSlotWasAdvancedPastWhatWasRead() throws Exception {
    withEverythingAway(
        "SELECT pg_replication_slot_advance('" + capture.slotName() + "', pg_current_wal_lsn())");
    assertThatTheWorkerRefuses();

    assertThatCdcSourceTells("SLOT_AHEAD");
    aNewEpochBringsEverything();
  }

  /** A Connect that lost its topics does not know how far it had read. */
  @Test
  void readsNothingAfterConnectLostItsTopics() throws Exception {
    withEverythingAway("SELECT 1", () -> capture.worker.forgetEverything());

    assertThatCdcSourceTells("SLOT_AHEAD");
    aNewEpochBringsEverything();
  }

  /** Row A37. A segment is 16 MB, the cap one. */
  @Test
  void theServerGivesTheSlotUpAndKeepsItsDisk() throws Exception {
    source.execute("ALTER SYSTEM SET max_slot_wal_keep_size = '1MB'");
    source.execute("SELECT pg_reload_conf()");
    try {
      withEverythingAway("SELECT 1");
      capture.worker.kill();
      await("the slot is lost")
          .atMost(Duration.ofMinutes(2))
          .until(
              () -> {
                source.execute("INSERT INTO app.item SELECT max(id) + 1, 'more' FROM app.item");
                source.execute("SELECT pg_switch_wal()");
                source.execute("CHECKPOINT");
                return source
                    .rows(
                        "SELECT wal_status FROM pg_replication_slots WHERE slot_name = '"
                            + capture.slotName()
                            + "'")
                    .contains("lost");
              });
      capture.worker.start();
      assertThatTheWorkerRefuses();
      assertThatCdcSourceTells("SLOT_LOST");
    } finally {
      source.execute("ALTER SYSTEM RESET max_slot_wal_keep_size");
      source.execute("SELECT pg_reload_conf()");
    }
    aNewEpochBringsEverything();
  }

  /** What happens while cdc-source and the worker are away; then the worker comes back. */
  private void withEverythingAway(String accident) throws Exception {
    withEverythingAway(accident, () -> {});
  }

  /** Something that happens to Connect. */
  private interface Mishap {
    void happen() throws Exception;
  }

  private void withEverythingAway(String accident, Mishap mishap) throws Exception {
    capture.stopKeepers();
    capture.worker.kill();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                source
                    .rows(
                        "SELECT slot_name FROM pg_replication_slots WHERE active AND database = current_database()")
                    .isEmpty());
    source.execute(
        "INSERT INTO app.item VALUES (100, 'missed'); DELETE FROM app.item WHERE id = 1;"
            + " UPDATE app.item SET name = 'missed' WHERE id = 2");
    for (String statement : accident.split("; ", -1)) {
      source.execute(statement);
    }
    source.execute("INSERT INTO app.item VALUES (101, 'after it')");
    mishap.happen();
    capture.worker.start();
  }

  private void assertThatTheWorkerRefuses() {
    await("the task has failed")
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .until(() -> status().isFailed());
    assertThat(status().failure().orElseThrow()).contains("changes may be lost");
    assertThat(capture.replica("app.item").rows()).doesNotContain("101|after it");
  }

  private void assertThatCdcSourceTells(String reason) {
    capture.startKeepers();
    capture.awaitState(SourceState.GAP);
    assertThat(capture.captured().reason().orElseThrow())
        .contains(reason)
        .contains("riffle cdc snapshot qvp --new-epoch");
    await().atMost(Duration.ofSeconds(30)).until(() -> status().isStopped());
  }

  private void aNewEpochBringsEverything() {
    capture.ledger(
        connection -> {
          new Sources(connection).wantNewEpoch(CaptureFixture.SOURCE);
          return null;
        });
    capture.awaitState(SourceState.STREAMING);
    assertThat(capture.captured().epoch()).isEqualTo(2);
    capture.awaitSnapshots();
    source.execute("INSERT INTO app.item VALUES (500, 'again')");

    capture.awaitReplica("app.item", ITEMS);
    assertThat(capture.replica("app.item").sweeps()).isEqualTo(2);
    assertThat(slots()).isOne();
  }

  private int slots() {
    return source
        .rows("SELECT slot_name FROM pg_replication_slots WHERE database = current_database()")
        .size();
  }

  private ConnectorStatus status() {
    return capture.connect().status(capture.connector()).orElseThrow();
  }
}
