package io.riffle.cdc.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.cdc.ledger.SnapshotKind;
import io.riffle.cdc.ledger.SourceState;
import io.riffle.cdc.ledger.Sources;
import io.riffle.cdc.ledger.TableSnapshot;
import io.riffle.cdc.ledger.Wanted;
import io.riffle.testing.ChildJvm;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** cdc-source killed in its work, away, or there twice: the ledger tells the next what to do. */
@Tag("full")
@Tag("cdc")
@ExtendWith({PostgresExtension.class, KafkaExtension.class, RegistryExtension.class})
class KilledCdcSourceIT {
  private static final String ITEMS = "SELECT id, name FROM app.item";
  private static final String LOG = "SELECT at, what FROM app.log";
  private static final int ROWS = 20_000;
  private static final int LOG_ROWS = 60_000;

  private final CaptureFixture capture;
  private final TestPostgres source;

  KilledCdcSourceIT(TestKafka kafka, TestRegistry registry, TestPostgres postgres) {
    capture = new CaptureFixture(kafka, registry, postgres);
    source = capture.source;
    capture.stopKeepers();
  }

  @BeforeEach
  void makeTables() {
    source.execute(
        "CREATE SCHEMA app; CREATE TABLE app.item (id int PRIMARY KEY, name text);"
            + " INSERT INTO app.item SELECT n, 'first' FROM generate_series(1, "
            + ROWS
            + ") n; CREATE TABLE app.log (at int, what text);"
            + " INSERT INTO app.log SELECT n / 3, 'what ' || n / 3 FROM generate_series(1, "
            + LOG_ROWS
            + ") n; ANALYZE");
  }

  @AfterEach
  void close() {
    capture.close();
  }

  /** It is away when the source is added, too. */
  @Test
  void goesOnAfterKillsInSnapshotAndReload() throws Exception {
    capture.add(200, Duration.ofSeconds(15), "app.*");
    try (Writer writer = new Writer(source, ROWS, 42)) {
      killedAfter("the epoch", () -> capture.captured().epoch() > 0);
      killedAfter("a part of the snapshot", () -> done(SnapshotKind.SNAPSHOT) > ROWS / 20);
      killedAfter("a part of the reload", () -> done(SnapshotKind.RELOAD) > LOG_ROWS / 10);
      source.execute("DELETE FROM app.log WHERE at % 7 = 0; INSERT INTO app.log VALUES (-1, NULL)");
      killedAfter("more of the snapshot", () -> done(SnapshotKind.SNAPSHOT) > ROWS / 2);
      assertThat(writer.isWriting()).isTrue();
    }
    capture.startKeepers();
    capture.awaitSnapshots();

    capture.awaitReplica("app.item", ITEMS);
    capture.awaitReplica("app.log", LOG);
    assertThat(capture.captured().epoch()).isEqualTo(1);
  }

  @Test
  void ofTwoOneKeepsASourceAndTheOtherTakesOver() throws Exception {
    capture.add(10_000, Duration.ofHours(1), "app.*");
    capture.startKeepers();
    capture.awaitState(SourceState.STREAMING);
    try (ChildJvm other = capture.startProcess()) {
      await("the other waits")
          .atMost(Duration.ofMinutes(1))
          .until(() -> other.log().contains("cdc-source starts"));
      capture.awaitSnapshots();
      assertThat(keepers()).isEqualTo(1);

      capture.stopKeepers();
      await("the other keeps it")
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(keepers()).isEqualTo(1));
      capture.ledger(
          ledger -> {
            new Sources(ledger).want(CaptureFixture.SOURCE, Wanted.PAUSED);
            return null;
          });
      capture.awaitState(SourceState.PAUSED);
      assertThat(other.isAlive()).isTrue();
    }
    capture.awaitReplica("app.item", ITEMS);
    assertThat(capture.replica("app.item").sweeps()).isEqualTo(1);
    capture.startKeepers();
  }

  /** A condition of the ledger's. */
  private interface Reached {
    boolean isReached();
  }

  private void killedAfter(String what, Reached reached) throws Exception {
    try (ChildJvm process = capture.startProcess()) {
      await(what)
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(50))
          .until(reached::isReached);
      process.kill();
    }
  }

  private long done(SnapshotKind kind) {
    return capture.snapshots().stream()
        .filter(one -> one.kind() == kind)
        .mapToLong(TableSnapshot::rowsDone)
        .sum();
  }

  /** Connections that hold the right to keep a source. */
  private int keepers() {
    List<String> locks =
        capture.target.rows(
            "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted"
                + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
    return locks.size();
  }
}
