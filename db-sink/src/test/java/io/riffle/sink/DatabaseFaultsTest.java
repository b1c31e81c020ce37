package io.riffle.sink;

import static io.riffle.sink.SinkFixture.CARRIER_0;
import static io.riffle.sink.SinkFixture.PARKED_0;
import static io.riffle.sink.SinkFixture.REJECTS_0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Postgres crashes, breaks sessions, chooses victims, comes back older: each record counts once.
 */
@ExtendWith(PostgresExtension.class)
class DatabaseFaultsTest {
  private static final int RECORDS = 40;
  private static final String SESSION = "application_name = 'main-db-sink'";

  private final TestPostgres server;
  private SinkFixture sink;

  DatabaseFaultsTest(TestPostgres server) {
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

  /** A backend that is killed takes the whole server down at once; it recovers from its log. */
  @Test
  @Tag("full")
  @Tag("kills")
  void theServerCrashesInTheMiddleOfACopy() throws Exception {
    TestWorker worker = sink.worker().open(CARRIER_0);
    put(5, 5, 50);
    worker.drain();
    sink.postgres.execute(
        "CREATE TABLE public.kept AS SELECT * FROM ccw.carrier_claims;"
            + " DELETE FROM ccw.carrier_claims; DELETE FROM ccw.carrier_claim_lines");
    put(1, RECORDS, 100);

    crashes(worker, "INSERT INTO ccw.carrier_claims SELECT * FROM public.kept", "COPY");

    assertAllOnce(RECORDS + 1);
  }

  @Test
  @Tag("full")
  @Tag("kills")
  void theServerCrashesInTheMiddleOfAnUpsert() throws Exception {
    TestWorker worker = sink.worker().open(CARRIER_0);
    put(1, RECORDS, 50);
    worker.drain();
    put(1, RECORDS, 100);

    crashes(worker, "SELECT FROM ccw.carrier_claims WHERE clm_id = 5 FOR UPDATE", "UPDATE");

    assertAllOnce(2 * RECORDS);
  }

  /** The sink waits for what another session has not committed, when the server crashes. */
  private void crashes(TestWorker worker, String uncommitted, String waiting) throws Exception {
    try (Connection other = sink.postgres.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute(uncommitted);
      CompletableFuture<Void> crash =
          CompletableFuture.runAsync(() -> killBackend(awaitWaiting(waiting)));
      worker.poll(); // takes the records in
      worker.poll(); // nothing more comes, so they are written
      crash.join();
    }
    assertThat(worker.isPaused()).isTrue();
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(() -> !sink.rows("SELECT 1").isEmpty());
    worker.drain();
  }

  @Test
  @Tag("full")
  @Tag("kills")
  void sessionsAreTerminatedAllTheTime() {
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger terminated = new AtomicInteger();
    TestWorker worker = sink.worker(Map.of("batch.rows", "20")).atOnce(20).open(CARRIER_0);
    CompletableFuture<Void> killer =
        CompletableFuture.runAsync(
            () -> {
              while (!over.get()) {
                terminated.addAndGet(
                    sink.rows(
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                                + SESSION)
                        .size());
              }
            });
    int round = 0;
    while (terminated.get() < 20 || round < 40) {
      put(1 + 20L * round, 20L * ++round, 100);
      worker.poll();
    }
    over.set(true);
    killer.join();

    worker.drain();

    assertAllOnce(20 * round);
  }

  /** A lock that is held for long, for us: many times longer than we wait for it at once. */
  @Test
  void aLockThatIsHeldForLongNeverHoldsUpTheWorker() throws Exception {
    TestWorker worker = sink.worker(Map.of("database.lock-timeout", "50ms")).open(CARRIER_0);
    put(1, RECORDS, 100);
    try (Connection other = sink.postgres.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE ccw.carrier_claims IN EXCLUSIVE MODE");
      long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
      while (System.nanoTime() < end) {
        long start = System.nanoTime();
        worker.poll();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
      }
      assertThat(worker.isDrained()).isFalse();
      other.rollback();
    }
    worker.drain();
    assertAllOnce(RECORDS);
  }

  /** The other one writes from the back; we have waited for longer, so we are the victim. */
  @Test
  void aDeadlockWithAnOutOfOrderWriterIsRetried() throws Exception {
    TestWorker worker = sink.worker().open(CARRIER_0);
    put(1, RECORDS, 50);
    worker.drain();
    put(1, RECORDS, 100);
    try (Connection other = sink.postgres.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("SET deadlock_timeout = '30s'");
      statement.execute("SELECT FROM ccw.carrier_claims WHERE clm_id = 30 FOR UPDATE");
      worker.poll();
      CompletableFuture<Void> sinking = CompletableFuture.runAsync(worker::poll);
      awaitWaiting("UPDATE");
      statement.execute("SELECT FROM ccw.carrier_claims WHERE clm_id = 3 FOR UPDATE");
      sinking.join();
      assertThat(worker.isPaused()).isTrue();
      other.rollback();
    }
    worker.drain();
    assertAllOnce(2 * RECORDS);
  }

  /** A sequence counts on when a transaction is undone: the first three attempts fail. */
  @Test
  void serializationFailuresAreRetried() {
    sink.postgres.execute(
        "CREATE SEQUENCE public.attempts; CREATE FUNCTION public.unlucky() RETURNS trigger"
            + " LANGUAGE plpgsql AS $$ BEGIN IF nextval('public.attempts') <= 3 THEN RAISE"
            + " EXCEPTION 'could not serialize access' USING ERRCODE = '40001'; END IF;"
            + " RETURN NULL; END $$; CREATE TRIGGER unlucky AFTER INSERT ON ccw.carrier_claims"
            + " FOR EACH STATEMENT EXECUTE FUNCTION public.unlucky()");
    put(1, RECORDS, 100);

    sink.worker().open(CARRIER_0).drain();

    assertThat(Long.parseLong(sink.row("SELECT last_value FROM public.attempts"))).isGreaterThan(3);
    assertAllOnce(RECORDS);
  }

  /**
   * What a fail-over to a standby that lacks commits leaves, and a restored backup: the group's
   * offsets, and those that a running task has in mind, are ahead of the database.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anOlderDatabaseIsBroughtForwardFromItsOwnOffsets(boolean taskGoesOn) {
    sink.ledger(1, 101);
    TestWorker worker = sink.worker().open(CARRIER_0, PARKED_0, REJECTS_0);
    put(1, 40, 50);
    worker.drain();
    sink.postgres.backUp();
    put(41, 80, 50);
    put(1, 20, 100);
    sink.deleteCarrier(1, 30);
    worker.drain();
    List<String> newest = content();
    sink.postgres.restore();
    assertThat(content()).isNotEqualTo(newest);
    sink.barriers(1, 0, 1, 101, 101);

    TestWorker next =
        taskGoesOn ? worker : sink.worker().open(101, CARRIER_0).open(PARKED_0, REJECTS_0);
    next.drain();

    assertThat(content()).isEqualTo(newest);
    assertThat(
            sink.row(
                "SELECT applied, older, rejected FROM riffle.sink_totals WHERE false"
                    + " UNION ALL SELECT applied, older, rejected FROM riffle.file_attempts"))
        .isEqualTo("101|0|0");
    assertThat(sink.row("SELECT state FROM riffle.files")).isEqualTo("COMPLETED");
  }

  private List<String> content() {
    return sink.rows(
        "SELECT to_jsonb(c) - 'last_updated' FROM ccw.carrier_claims c"
            + " UNION ALL SELECT to_jsonb(l) FROM ccw.carrier_claim_lines l"
            + " UNION ALL SELECT to_jsonb(d) - 'deleted_at' FROM riffle.deleted_keys d ORDER BY 1");
  }

  /** Waits until the sink waits in such a statement; its process id. */
  private String awaitWaiting(String statement) {
    String waiting =
        "SELECT pid FROM pg_stat_activity WHERE "
            + SESSION
            + " AND wait_event_type = 'Lock' AND query ILIKE '%"
            + statement
            + "%'";
    await(statement + " to wait")
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> !sink.rows(waiting).isEmpty());
    return sink.rows(waiting).get(0);
  }

  private static void killBackend(String pid) {
    ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
  }

  private void put(long first, long last, long amount) {
    for (long key = first; key <= last; key++) {
      sink.putCarrier(1, key, amount, 1, 1);
    }
  }

  private void assertAllOnce(int records) {
    assertThat(sink.row("SELECT applied + older, rejected FROM riffle.sink_totals"))
        .isEqualTo(records + "|0");
    assertThat(sink.row("SELECT count(*) FROM ccw.carrier_claims WHERE clm_pmt_amt <> 1.00"))
        .isEqualTo("0");
    assertThat(sink.rows("SELECT * FROM riffle.rejects")).isEmpty();
  }
}
