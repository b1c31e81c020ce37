package io.riffle.sink;

import static io.riffle.sink.SinkFixture.CARRIER_0;
import static io.riffle.sink.SinkFixture.PARKED_0;
import static io.riffle.sink.SinkFixture.REJECTS_0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.net.Direction;
import io.riffle.net.Hold;
import io.riffle.net.TcpProxy;
import io.riffle.net.Weather;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a network does between the sink and Postgres: nothing is lost, twice, or waited for ever.
 */
@ExtendWith(PostgresExtension.class)
@Timeout(120)
class NetworkFaultsTest {
  private static final String TOTALS =
      "SELECT applied, older, rejected, counted_to FROM riffle.sink_totals";
  private static final String ROWS = "SELECT count(*) FROM ccw.carrier_claims";

  /** Enough to fill all buffers between the sink and a server that does not read. */
  private static final int MANY = 15_000;

  private final TestPostgres server;
  private SinkFixture sink;
  private TcpProxy proxy;

  NetworkFaultsTest(TestPostgres server) {
    this.server = server;
  }

  @BeforeEach
  void create() {
    sink = new SinkFixture(server);
    proxy = TcpProxy.before(sink.postgres.port());
  }

  @AfterEach
  void close() {
    proxy.close();
    sink.close();
  }

  @Test
  void aConnectionThatIsCutInTheMiddleOfABatchIsNoLoss() {
    TestWorker worker = worker(Map.of()).open(CARRIER_0);
    put(1, 500);
    Hold copying = proxy.hold(Direction.TO_SERVER, has("COPY "));
    CompletableFuture<Void> cut =
        CompletableFuture.runAsync(
            () -> {
              await().until(copying::hasBegun);
              proxy.cut();
              copying.release();
            });

    pollUntilPaused(worker);
    cut.join();
    pollUntilPaused(worker); // nor is there a new session
    assertThat(sink.row(ROWS)).isEqualTo("0");

    proxy.heal();
    worker.drain();
    everythingOnce(500);
  }

  /** The driver's own limit is one of reads: in the middle of a COPY the sink writes. */
  @Test
  @Tag("full")
  @Tag("kills")
  void aServerThatTakesNothingInTheMiddleOfACopyIsGivenUp() {
    TestWorker worker = worker(Map.of("batch.age", "20s")).atOnce(MANY).open(CARRIER_0);
    put(1, MANY);
    Hold copying = proxy.hold(Direction.TO_SERVER, has("PGCOPY"));

    pollUntilPaused(worker);
    assertThat(copying.hasBegun()).isTrue();
    assertThat(sink.row(ROWS)).isEqualTo("0");

    proxy.heal();
    worker.drain();
    everythingOnce(MANY);
  }

  @Test
  void aServerThatSaysNothingAnyMoreIsGivenUp() {
    TestWorker worker = worker(Map.of()).open(CARRIER_0).drain();
    put(1, 10);
    proxy.halfOpen();

    pollUntilPaused(worker);
    pollUntilPaused(worker); // nor does a new session get an answer
    assertThat(sink.row(ROWS)).isEqualTo("0");

    proxy.heal();
    worker.drain();
    everythingOnce(10);
  }

  @Test
  void aCommitWhoseAnswerIsLostIsReadAgainAndNotDoneAgain() {
    TestWorker worker = worker(Map.of()).open(CARRIER_0, PARKED_0, REJECTS_0);
    sink.ledger(1, 10);
    put(1, 10);
    Hold answer = proxy.hold(Direction.TO_CLIENT, new AnswerToCommit());
    sink.barriers(1, 0, 1, 10, 10);

    pollUntilPaused(worker);
    assertThat(answer.hasBegun()).isTrue();
    assertThat(sink.row(ROWS)).isEqualTo("10"); // it was done, and the sink does not know
    String written = sink.row("SELECT min(xmin::text) FROM ccw.carrier_claims");

    worker.drain();
    proxy.heal();
    everythingOnce(10);
    assertThat(sink.row("SELECT min(xmin::text) FROM ccw.carrier_claims")).isEqualTo(written);
    assertThat(sink.row("SELECT state FROM riffle.files")).isEqualTo("COMPLETED");
  }

  /** Of the batch: those before it made the staging tables. */
  private static final class AnswerToCommit implements Predicate<byte[]> {
    private boolean copied;

    @Override
    public boolean test(byte[] chunk) {
      String text = new String(chunk, StandardCharsets.ISO_8859_1);
      copied |= text.contains("COPY ");
      return copied && text.contains("COMMIT\0");
    }
  }

  @Test
  void aCommitThatArrivesLateIsTheBatchOnce() {
    CommitSpotter spotter = new CommitSpotter();
    Hold commit = proxy.hold(Direction.TO_SERVER, spotter);
    TestWorker worker = worker(Map.of()).open(CARRIER_0);
    put(1, 1);
    worker.drain();
    put(2, 11);
    spotter.arm();

    pollUntilPaused(worker);
    assertThat(commit.hasBegun()).isTrue();
    pollUntilPaused(worker); // a new session: the offsets are locked by the one that does not end
    assertThat(sink.row(ROWS)).isEqualTo("1");

    commit.release();
    await().until(() -> sink.row(ROWS).equals("11"));
    worker.drain();
    everythingOnce(11);
  }

  @Test
  @Tag("full")
  @Tag("kills")
  void aSlowNetworkThatResetsNowAndThenIsOnlySlow() {
    TestWorker worker =
        worker(Map.of("batch.rows", "100", "database.socket-timeout", "10s")).atOnce(50);
    proxy.weather(new Weather(Duration.ofMillis(100), 3_000_000 / 8, 0.01));
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              worker.open(CARRIER_0);
              return !worker.isPaused();
            });
    put(1, 800);

    await()
        .atMost(Duration.ofSeconds(110))
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              worker.poll();
              return worker.isDrained();
            });

    everythingOnce(800);
  }

  /** As long as the product allows is too long for a test: a second is a long statement here. */
  private TestWorker worker(Map<String, String> more) {
    Map<String, String> properties = new HashMap<>();
    properties.put(
        "database.url", sink.postgres.jdbcUrl().replace(":" + sink.postgres.port(), proxied()));
    properties.put("database.statement-timeout", "1s");
    properties.put("database.socket-timeout", "2s");
    properties.put("database.lock-timeout", "300ms");
    properties.putAll(more);
    return sink.worker(properties);
  }

  private String proxied() {
    return ":" + proxy.port();
  }

  private void put(long first, long last) {
    for (long key = first; key <= last; key++) {
      sink.putCarrier(1, key, 100, 1, 1);
    }
  }

  /** Until an attempt more has failed. */
  private void pollUntilPaused(TestWorker worker) {
    CompletableFuture<Void> polls =
        CompletableFuture.runAsync(
            () ->
                await()
                    .pollInSameThread()
                    .until(
                        () -> {
                          long failures = failures();
                          worker.poll();
                          return failures() > failures;
                        }));
    polls.orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static long failures() {
    try {
      return ((Number)
              ManagementFactory.getPlatformMBeanServer()
                  .getAttribute(
                      new ObjectName("io.riffle:type=Pause,set=main,part=main-db-sink-0"),
                      "Failures"))
          .longValue();
    } catch (JMException e) {
      throw new AssertionError(e);
    }
  }

  private static Predicate<byte[]> has(String text) {
    return chunk -> new String(chunk, StandardCharsets.ISO_8859_1).contains(text);
  }

  private void everythingOnce(long records) {
    assertThat(sink.row(ROWS)).isEqualTo(Long.toString(records));
    assertThat(sink.row("SELECT count(*) FROM ccw.carrier_claim_lines"))
        .isEqualTo(Long.toString(records));
    assertThat(sink.row(TOTALS)).startsWith(records + "|0|0|");
    assertThat(sink.rows("SELECT * FROM riffle.rejects")).isEmpty();
    assertThat(sink.rows("SELECT * FROM pg_prepared_xacts")).isEmpty();
  }
}
