package io.riffle.sink;

import static io.riffle.sink.SinkFixture.CARRIER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.sink.rebuild.Progress;
import io.riffle.sink.rebuild.Rebuild;
import io.riffle.sink.rebuild.Step;
import io.riffle.sink.rebuild.SwapHook;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The exchange of the tables: what readers see, who is waited for, and what a kill leaves. */
@ExtendWith({PostgresExtension.class, KafkaExtension.class})
@Tag("full")
@Tag("stack")
class RebuildSwapIT {
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final int CLAIMS = 500;

  private final RebuildFixture riffle;
  private final SinkFixture sink;
  private List<TopicPartition> topic;
  private TestWorker worker;

  RebuildSwapIT(TestPostgres postgres, TestKafka kafka) {
    riffle = new RebuildFixture(postgres, kafka);
    sink = riffle.sink;
  }

  @BeforeEach
  void load() {
    topic = riffle.topic(CARRIER, 2);
    worker = riffle.worker().open(topic.get(0), topic.get(1));
    put(1, CLAIMS);
  }

  @AfterEach
  void close() {
    riffle.close();
  }

  /** Claims with as many lines as their hash says. */
  private void put(long from, long to) {
    for (long key = from; key <= to; key++) {
      long lines = (key + to) % 3;
      sink.putCarrier(topic.get((int) (key % 2)), 1, key, key, lines, (int) lines);
    }
    riffle.publish();
    worker.drain();
  }

  private boolean isSwapped() {
    return !sink.rows("SELECT FROM pg_namespace WHERE nspname = 'riffle_old_1'").isEmpty();
  }

  private CompletableFuture<Void> inBackground(Rebuild rebuild, List<Progress> seen) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            rebuild.run(seen::add, SwapHook.NONE);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static List<Progress> noted() {
    return Collections.synchronizedList(new ArrayList<>());
  }

  private static boolean says(List<Progress> seen, String text) {
    synchronized (seen) {
      return seen.stream().anyMatch(progress -> progress.text().contains(text));
    }
  }

  @Test
  void readersSeeNeitherEmptyNorHalfNorOlderTablesWhileTheSinkWrites() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    Set<String> wrong = ConcurrentHashMap.newKeySet();
    AtomicInteger reads = new AtomicInteger();
    List<CompletableFuture<Void>> readers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      boolean linesFirst = i == 1;
      boolean repeatable = i == 2;
      readers.add(
          CompletableFuture.runAsync(() -> read(over, wrong, reads, linesFirst, repeatable)));
    }
    AtomicInteger rounds = new AtomicInteger();
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              while (!over.get()) {
                int end = CLAIMS + 20 * rounds.incrementAndGet();
                put(end - 100, end);
              }
            });
    await().atMost(SOON).until(() -> rounds.get() > 2 && reads.get() > 20);

    for (long id = 1; id <= 2; id++) {
      riffle.rebuild(id, CARRIER).run(RebuildFixture::silent, SwapHook.NONE);
    }

    int before = rounds.get();
    int readBefore = reads.get();
    await().atMost(SOON).until(() -> rounds.get() > before + 1 && reads.get() > readBefore + 20);
    over.set(true);
    readers.forEach(CompletableFuture::join);
    writer.join();
    assertThat(wrong).isEmpty();
    assertThat(sink.row("SELECT count(*) FROM ccw.carrier_claims"))
        .isEqualTo(Integer.toString(CLAIMS + 20 * rounds.get()));
    assertThat(sink.row("SELECT sum(older), sum(rejected) FROM riffle.sink_totals"))
        .isEqualTo("0|0");
  }

  /** Counts never go down, a transaction sees one state, and claims have their lines. */
  private void read(
      AtomicBoolean over,
      Set<String> wrong,
      AtomicInteger reads,
      boolean linesFirst,
      boolean repeatable) {
    String join =
        linesFirst
            ? "(SELECT clm_id, count(*) n FROM ccw.carrier_claim_lines GROUP BY 1) l"
                + " RIGHT JOIN ccw.carrier_claims c USING (clm_id)"
            : "ccw.carrier_claims c LEFT JOIN (SELECT clm_id, count(*) n"
                + " FROM ccw.carrier_claim_lines GROUP BY 1) l USING (clm_id)";
    String query =
        "SELECT count(*), max(riffle_offset), count(*) FILTER"
            + " (WHERE coalesce(n, 0) <> riffle_lines_hash) FROM "
            + join;
    long[] last = {0, 0};
    try (Connection connection = sink.postgres.connect();
        Statement statement = connection.createStatement()) {
      while (!over.get()) {
        if (repeatable) {
          connection.setAutoCommit(false);
          statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
          statement.execute("SELECT FROM pg_database");
          statement.execute("SELECT pg_sleep(0.02)");
          check(statement, query, last, wrong);
          long[] same = last.clone();
          check(statement, query, last, wrong);
          if (same[0] != last[0] || same[1] != last[1]) {
            wrong.add("two states in one transaction");
          }
          connection.commit();
        } else {
          check(statement, query, last, wrong);
        }
        reads.incrementAndGet();
      }
    } catch (SQLException e) {
      wrong.add(e.getMessage());
    }
  }

  private static void check(Statement statement, String query, long[] last, Set<String> wrong)
      throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      if (row.getLong(1) < last[0] || row.getLong(2) < last[1] || row.getLong(3) > 0) {
        wrong.add(
            row.getLong(1)
                + "|"
                + row.getLong(2)
                + "|"
                + row.getLong(3)
                + " after "
                + last[0]
                + "|"
                + last[1]);
      }
      last[0] = row.getLong(1);
      last[1] = row.getLong(2);
    }
  }

  @Test
  void aReaderThatHoldsATableIsWaitedForWhileTheSinkWorksOn() throws Exception {
    List<Progress> seen = noted();
    try (Connection connection = sink.postgres.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SELECT count(*) FROM ccw.carrier_claim_lines");
      statement.execute(
          "SET LOCAL work_mem = '4MB'"); // its view of the database ends, its lock not
      CompletableFuture<Void> rebuild = inBackground(riffle.rebuild(1, CARRIER), seen);
      await().atMost(SOON).until(() -> says(seen, "reads ccw.carrier_claim_lines"));
      put(CLAIMS - 10, CLAIMS + 10);
      assertThat(isSwapped()).isFalse();
      assertThat(rebuild).isNotDone();

      connection.commit();
      rebuild.join();
    }
    assertThat(isSwapped()).isTrue();
    assertThat(riffle.dump("carrier_claims")).hasSize(CLAIMS + 10);
  }

  @Test
  void aSessionWithAnOlderViewIsWaitedFor() throws Exception {
    List<Progress> seen = noted();
    try (Connection connection = sink.postgres.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      statement.execute("SELECT FROM pg_database");
      CompletableFuture<Void> rebuild = inBackground(riffle.rebuild(1, CARRIER), seen);
      await().atMost(SOON).until(() -> says(seen, "has had its view of the database"));
      put(CLAIMS + 1, CLAIMS + 10);
      assertThat(isSwapped()).isFalse();
      try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM ccw.carrier_claims")) {
        rows.next();
        assertThat(rows.getInt(1)).isEqualTo(CLAIMS);
      }
      connection.commit();
      rebuild.join();
    }
    assertThat(isSwapped()).isTrue();
    assertThat(riffle.dump("carrier_claims")).hasSize(CLAIMS + 10);
  }

  @Test
  void aRunThatEndsAnywhereGoesOnWhenItIsRunAgain() throws Exception {
    List<String> claims = riffle.dump("carrier_claims");
    List<String> lines = riffle.dump("carrier_claim_lines");
    sink.postgres.execute("DELETE FROM ccw.carrier_claims WHERE clm_id < 100");
    for (Step step : Step.values()) {
      endsAt(step, 1);
      if (Set.of(Step.SCAN, Step.LOAD, Step.INDEX).contains(step)) {
        endsAt(step, 2);
      }
    }
    assertThat(isSwapped()).isTrue();
    assertThat(riffle.dump("carrier_claims")).isEqualTo(claims);
    assertThat(riffle.dump("carrier_claim_lines")).isEqualTo(lines);

    List<Progress> again = noted();
    assertThat(riffle.rebuild(1, CARRIER).run(again::add, SwapHook.NONE)).isEmpty();
    assertThat(again).extracting(Progress::step).containsExactly(Step.DONE);
  }

  /** A run that ends where it tells of a step for the so many-th time. */
  private void endsAt(Step step, int times) throws InterruptedException {
    AtomicInteger told = new AtomicInteger();
    try {
      riffle
          .rebuild(1, CARRIER)
          .run(
              progress -> {
                if (progress.step() == step && told.incrementAndGet() == times) {
                  throw new IllegalStateException("killed");
                }
              },
              SwapHook.NONE);
      Assertions.fail("it did not tell of " + step);
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("killed");
    }
  }

  @Test
  void aLostLeaseStopsTheSwapAndTheNextTryDoesIt() throws Exception {
    AtomicInteger swaps = new AtomicInteger();
    CountDownLatch lost = new CountDownLatch(1);
    List<Progress> seen = noted();
    riffle
        .rebuild(1, CARRIER)
        .run(
            progress -> {
              seen.add(progress);
              if (progress.step() == Step.SWAP && lost.getCount() > 0) {
                lost.countDown();
                sink.postgres.execute(
                    "UPDATE riffle.lease SET token = token + 1, holder = 'x', borrowed = false");
              }
            },
            connection -> swaps.incrementAndGet());
    assertThat(says(seen, "the lease was taken by somebody else")).isTrue();
    assertThat(swaps).hasValue(1);
    assertThat(isSwapped()).isTrue();
  }

  @Test
  void whatFailsInTheTransactionOfTheSwapLeavesEverythingAsItWas() throws Exception {
    List<String> catalog = CatalogSnapshot.of(sink);
    ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    Rebuild rebuild = riffle.rebuild(1, CARRIER);
    try {
      rebuild.run(
          RebuildFixture::silent,
          connection -> {
            throw new SQLException("no", "P0001");
          });
    } catch (RuntimeException e) {
      failures.add(e.getMessage());
    }
    assertThat(failures).hasSize(1);
    assertThat(isSwapped()).isFalse();
    assertThat(CatalogSnapshot.of(sink)).isEqualTo(catalog);
    put(CLAIMS + 1, CLAIMS + 5);

    rebuild.run(RebuildFixture::silent, SwapHook.NONE);
    assertThat(isSwapped()).isTrue();
    assertThat(riffle.dump("carrier_claims")).hasSize(CLAIMS + 5);
  }
}
