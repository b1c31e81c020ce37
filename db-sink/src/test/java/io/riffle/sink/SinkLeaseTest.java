package io.riffle.sink;

import static io.riffle.sink.SinkFixture.CARRIER_0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.riffle.lease.HeldLease;
import io.riffle.lease.LeaseParty;
import io.riffle.lease.LeaseStatus;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One loader at a time: tasks of two deployments, and programs beside them. */
@ExtendWith(PostgresExtension.class)
class SinkLeaseTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String KEYS = "SELECT clm_id FROM ccw.carrier_claims ORDER BY 1";
  private static final String COUNTED = "SELECT applied, older, rejected FROM riffle.sink_totals";
  private static final String BORROWER_WAITS =
      "SELECT FROM pg_locks JOIN pg_database d ON d.oid = database"
          + " WHERE d.datname = current_database() AND locktype = 'advisory'"
          + " AND mode = 'ExclusiveLock' AND NOT granted";

  private final TestPostgres server;
  private SinkFixture sink;

  SinkLeaseTest(TestPostgres server) {
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
  void ofTwoDeploymentsThatStartAtOnceOneLoadsAndTheOtherTakesOverWhenItStops() throws Exception {
    put(1, 40);
    TestWorker one = sink.worker(deployment("one")).atOnce(7).open(CARRIER_0);
    TestWorker two = sink.worker(deployment("two")).atOnce(7).open(CARRIER_0);

    await()
        .atMost(SOON)
        .until(
            () -> {
              one.poll();
              two.poll();
              return one.isDrained();
            });

    assertThat(two.isPaused()).isTrue();
    assertThat(two.written()).isEmpty();
    assertThat(status().holder()).hasValue("one");
    assertThat(status().waiting()).extracting(LeaseStatus.Waiting::holder).containsExactly("two");

    one.close();
    put(41, 50);
    two.drain();
    assertThat(sink.rows(KEYS)).hasSize(50);
    assertThat(sink.row(COUNTED)).isEqualTo("50|0|0");
    assertThat(status().token()).isEqualTo(2);
  }

  @Test
  void aDeploymentThatIsNotHeardOfIsReplacedAndWritesNothingAfterwards() throws Exception {
    Map<String, String> brief = deployment("one");
    brief.put("lease.lifetime", "1s");
    TestWorker one = sink.worker(brief).open(CARRIER_0).drain();
    put(1, 3);
    TestWorker two = sink.worker(deployment("two")).open(CARRIER_0);
    assertThat(two.isPaused()).isTrue();

    two.drain();
    List<String> rows = sink.rows("SELECT clm_id, xmin FROM ccw.carrier_claims ORDER BY 1");
    put(4, 5);
    one.poll();
    one.poll();

    assertThat(one.isPaused()).isTrue();
    assertThat(sink.rows("SELECT clm_id, xmin FROM ccw.carrier_claims ORDER BY 1")).isEqualTo(rows);
    two.drain();
    assertThat(sink.row(COUNTED)).isEqualTo("5|0|0");
  }

  @Test
  void tasksOfOneDeploymentShareTheLeaseUntilTheLastOneStops() throws Exception {
    put(1, 3);
    TestWorker first = sink.worker(Map.of("riffle.task", "0")).open(CARRIER_0).drain();
    TestWorker second = sink.worker(Map.of("riffle.task", "1")).open(SinkFixture.CARRIER_1);
    second.poll();
    assertThat(second.isPaused()).isFalse();

    first.close();
    assertThat(status().holder()).hasValue("here");
    second.close();
    assertThat(status().holder()).isEmpty();
  }

  @Test
  void aLeaseLostUnderABatchIsNoticedByItsFirstStatementAndNothingIsDoubled() throws Exception {
    TestWorker worker = sink.worker(Map.of("batch.rows", "10")).open(CARRIER_0).drain();
    try (HeldLease borrowed = borrow()) {
      put(1, 25);
      worker.poll();

      assertThat(worker.isPaused()).isTrue();
      assertThat(sink.rows(KEYS)).isEmpty();
      assertThat(sink.rows("SELECT * FROM riffle.sink_totals")).isEmpty();
      assertThat(sink.row("SELECT next FROM riffle.sink_offsets")).isEqualTo("0");
      worker.poll();
      assertThat(status().lender()).hasValue("here");
      assertThat(borrowed.renew()).isTrue();
    }

    worker.drain();

    assertThat(worker.isPaused()).isFalse();
    assertThat(sink.rows(KEYS)).hasSize(25);
    assertThat(sink.row(COUNTED)).isEqualTo("25|0|0");
    assertThat(sink.rows("SELECT * FROM riffle.rejects")).isEmpty();
  }

  @Test
  void aBorrowerWaitsForTheBatchThatIsUnderWay() throws Exception {
    TestWorker worker = sink.worker(Map.of("batch.rows", "3")).open(CARRIER_0).drain();
    put(1, 3);
    CompletableFuture<HeldLease> borrowing;
    CompletableFuture<Void> batch;
    try (Connection other = sink.postgres.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE ccw.carrier_claims IN EXCLUSIVE MODE");
      batch = CompletableFuture.runAsync(worker::poll);
      await()
          .atMost(SOON)
          .until(
              () ->
                  !sink.rows("SELECT FROM pg_stat_activity WHERE wait_event = 'relation'")
                      .isEmpty());
      borrowing = CompletableFuture.supplyAsync(this::borrow);
      await().atMost(SOON).until(() -> !sink.rows(BORROWER_WAITS).isEmpty());
      assertThat(borrowing).isNotDone();
      other.rollback();
    }

    try (HeldLease borrowed = borrowing.get()) {
      batch.join();
      assertThat(sink.rows(KEYS)).hasSize(3);
      put(4, 6);
      worker.poll();
      assertThat(sink.rows(KEYS)).hasSize(3);
      assertThat(borrowed.renew()).isTrue();
    }
    worker.drain();
    assertThat(sink.rows(KEYS)).hasSize(6);
  }

  @Test
  void anotherNeighboursOutageDoesNotCostTheLease() {
    Map<String, String> brief = deployment("one");
    brief.put("lease.lifetime", "1s");
    TestWorker one = sink.worker(brief).open(CARRIER_0).drain();
    TestWorker two = sink.worker(deployment("two")).open(CARRIER_0);
    put(1, 1);
    sink.registry.available(false);

    await()
        .during(Duration.ofSeconds(3))
        .atMost(SOON)
        .until(
            () -> {
              one.poll();
              two.poll();
              return status().holder().orElse("").equals("one") && two.isPaused();
            });
    sink.registry.available(true);
    one.drain();
  }

  @Test
  void storedOffsetsAreNotAlteredWhileSomebodyElseLoads() throws Exception {
    Map<String, String> properties = SinkFixture.properties(sink.postgres);
    put(1, 3);
    sink.worker().open(CARRIER_0).drain().close();
    RiffleSinkConnector connector = new RiffleSinkConnector();
    try (HeldLease borrowed = borrow()) {
      assertThatThrownBy(
              () -> connector.alterOffsets(properties, Collections.singletonMap(CARRIER_0, null)))
          .isInstanceOf(ConnectException.class)
          .hasMessageStartingWith(
              "the stored offsets were not altered: the lease is with exec:other:1 since ");
      assertThat(borrowed.renew()).isTrue();
    }
    assertThat(sink.rows("SELECT next FROM riffle.sink_offsets")).containsExactly("3");

    connector.alterOffsets(properties, Collections.singletonMap(CARRIER_0, null));
    assertThat(sink.rows("SELECT next FROM riffle.sink_offsets")).isEmpty();
  }

  private static Map<String, String> deployment(String name) {
    Map<String, String> overrides = new HashMap<>();
    overrides.put("riffle.deployment", name);
    return overrides;
  }

  private void put(long firstKey, long lastKey) {
    for (long key = firstKey; key <= lastKey; key++) {
      sink.putCarrier(1, key, 100, 1, 1);
    }
  }

  private HeldLease borrow() {
    try {
      LeaseParty party = LeaseParty.of("exec:other:1", "command", Duration.ofMinutes(10));
      return HeldLease.borrow(sink.postgres.dataSource(), party, SOON);
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private LeaseStatus status() throws SQLException {
    try (Connection connection = sink.postgres.connect()) {
      return LeaseStatus.read(connection);
    }
  }
}
