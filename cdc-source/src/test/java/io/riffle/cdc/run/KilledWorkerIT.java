package io.riffle.cdc.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.cdc.ledger.SnapshotState;
import io.riffle.cdc.ledger.SourceState;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestRegistry;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Workers that are killed or restarted at the worst moments: every change arrives. */
@Tag("full")
@Tag("cdc")
@ExtendWith({PostgresExtension.class, KafkaExtension.class, RegistryExtension.class})
class KilledWorkerIT {
  private static final String ITEMS = "SELECT id, name FROM app.item";
  private static final int ROWS = 60_000;

  /** Longer than a connector may be silent before it starts again. */
  private static final Duration PATIENCE = Duration.ofMinutes(7);

  private final CaptureFixture capture;
  private final TestPostgres source;

  KilledWorkerIT(TestKafka kafka, TestRegistry registry, TestPostgres postgres) {
    capture = new CaptureFixture(kafka, registry, postgres);
    source = capture.source;
  }

  @BeforeEach
  void makeTable() {
    source.execute("CREATE SCHEMA app; CREATE TABLE app.item (id int PRIMARY KEY, name text)");
  }

  @AfterEach
  void close() {
    capture.close();
  }

  /** Row A40. */
  @Test
  void goesOnByChunkAfterAKillInTheSnapshotAndAfterOneInTheStream() throws Exception {
    source.execute(
        "INSERT INTO app.item SELECT n, 'first' FROM generate_series(1, "
            + ROWS
            + ") n; ANALYZE app.item");
    try (Writer writer = new Writer(source, ROWS, 40)) {
      capture.add(500, Duration.ofHours(1), "app.item");
      await("some chunks are done").atMost(Duration.ofMinutes(2)).until(() -> done() > ROWS / 10);
      kill();
      long before = done();
      assertThat(capture.snapshots().get(0).state()).isEqualTo(SnapshotState.RUNNING);
      await("more chunks are done").atMost(Duration.ofMinutes(2)).until(() -> done() > before);
      kill();
      capture.awaitSnapshots(PATIENCE);
      kill();
      capture.awaitState(SourceState.STREAMING);
      assertThat(writer.isWriting()).isTrue();
    }

    capture.awaitReplica("app.item", ITEMS);
    // chunks that were done are not read again, unless Debezium forgets them, for each kill
    assertThat(capture.replica("app.item").operations().get("r")).isLessThan(3 * ROWS + ROWS / 2);
    assertThat(capture.captured().epoch()).isEqualTo(1);
  }

  /** Row A39 (dbz#76): a long transaction, short ones that end within it, and a restart there. */
  @Test
  void losesNothingOfInterleavedTransactionsWhenTheWorkerIsRestartedAmongThem() throws Exception {
    capture.add(500, Duration.ofHours(1), "app.item");
    capture.awaitSnapshots();
    try (Connection longOne = source.connect();
        Statement statement = longOne.createStatement()) {
      longOne.setAutoCommit(false);
      statement.execute("INSERT INTO app.item VALUES (1, 'long, begin')");
      source.execute("INSERT INTO app.item VALUES (2, 'short, before')");
      awaitTopicHas("2|short, before");
      statement.execute("INSERT INTO app.item VALUES (3, 'long, middle')");
      kill();
      source.execute("INSERT INTO app.item VALUES (4, 'short, while away')");
      statement.execute("INSERT INTO app.item VALUES (5, 'long, end')");
      awaitTopicHas("4|short, while away");
      capture.connect().stop(capture.connector());
      longOne.commit();
    }
    source.execute("INSERT INTO app.item VALUES (6, 'short, after')");

    capture.awaitReplica("app.item", ITEMS);
  }

  /** Row A38: an hour is scaled to some seconds, a busy day to 200 MB of log. */
  @Test
  void movesTheSlotOfAnIdleDatabaseBesideABusyOne() {
    source.execute("INSERT INTO app.item VALUES (1, 'only')");
    capture.add(500, Duration.ofHours(1), "app.item");
    capture.awaitSnapshots();
    TestPostgres neighbour = source.another();
    neighbour.execute("CREATE TABLE busy (text text)");
    long begin = capture.slot().serverLsn();

    for (int i = 0; i < 10; i++) {
      neighbour.execute(
          "INSERT INTO busy SELECT repeat(md5(n::text), 30) FROM generate_series(1, 20000) n");
    }

    long written = 200L * 1024 * 1024;
    await("the slot has followed")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              assertThat(capture.slot().serverLsn() - begin).isGreaterThan(written / 2);
              assertThat(capture.slot().confirmedLsn().orElseThrow() - begin)
                  .isGreaterThan(written / 2);
              assertThat(capture.slot().retainedBytes()).isLessThan(written / 4);
              assertThat(capture.slot().behindSeconds().orElseThrow()).isLessThan(10);
            });
  }

  private long done() {
    return capture.snapshots().isEmpty() ? 0 : capture.snapshots().get(0).rowsDone();
  }

  private void awaitTopicHas(String row) {
    await(row)
        .atMost(Duration.ofMinutes(2))
        .ignoreExceptionsInstanceOf(TimeoutException.class)
        .until(() -> capture.replica("app.item").rows().contains(row));
  }

  private void kill() throws InterruptedException {
    capture.worker.kill();
    capture.worker.start();
  }
}
