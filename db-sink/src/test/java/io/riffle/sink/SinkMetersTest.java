package io.riffle.sink;

import static io.riffle.sink.SinkFixture.CARRIER_0;
import static io.riffle.sink.SinkFixture.PDE_0;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.riffle.sink.ChangeEvents.At;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What tasks count, once a batch. */
@ExtendWith(PostgresExtension.class)
class SinkMetersTest {
  private static final double FIFTY_YEARS = 50 * 365 * 24 * 3600.0;

  private final TestPostgres server;
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  SinkMetersTest(TestPostgres server) {
    this.server = server;
  }

  @BeforeEach
  void add() {
    Metrics.addRegistry(registry);
  }

  @AfterEach
  void remove() {
    Metrics.removeRegistry(registry);
  }

  @Test
  void tellsWhatBecameOfRecordsOfClaims() {
    try (SinkFixture sink = new SinkFixture(server)) {
      sink.putCarrier(1, 1, 100, 1, 1);
      sink.putCarrier(1, 2, 100, 1, 1);
      sink.deleteCarrier(1, 3);
      byte[] broken = {1, 2, 3};
      sink.log.add(CARRIER_0, "4".getBytes(StandardCharsets.UTF_8), broken, broken);
      sink.worker().open(CARRIER_0).drain();

      assertThat(rows("carrier_claims"))
          .containsExactly("delete applied 1", "unknown reject 1", "upsert applied 2");

      sink.putCarrier(1, 2, 200, 1, 1);
      sink.worker().open(CARRIER_0).drain();
      sink.postgres.execute("UPDATE riffle.sink_offsets SET next = 0");
      sink.worker(Map.of("batch.rows", "1")).atOnce(1).open(CARRIER_0).drain();

      assertThat(rows("carrier_claims"))
          .containsExactly(
              "delete applied 1",
              "delete duplicate 1",
              "unknown reject 2",
              "upsert applied 3",
              "upsert duplicate 2",
              "upsert older 1");
      assertThat(timer("sink.batch", "connector", "main-db-sink").count()).isPositive();
      Timer age = timer("end.to.end", "table", "carrier_claims");
      assertThat(age.getId().getTag("since")).isEqualTo("topic");
      assertThat(age.max(TimeUnit.SECONDS)).isGreaterThan(FIFTY_YEARS);
    }
  }

  @Test
  void beginsWithZeroSoThatTheFirstRecordsAreAnIncrease() {
    try (SinkFixture sink = new SinkFixture(server)) {
      sink.worker().open(PDE_0);

      assertThat(
              registry.find("sink.rows").tag("table", "partd_events").counters().stream()
                  .map(SinkMetersTest::text))
          .containsExactlyInAnyOrder("upsert applied 0", "unknown reject 0");
    }
  }

  @Test
  void tellsWhatBecameOfChangeEvents() {
    try (StagingFixture staging = new StagingFixture(server)) {
      staging.put("c", At.lsn(100, 110), 7, "a", "1.00");
      staging.put("c", At.lsn(100, 120), 8, "a", "1.00");
      staging.delete(At.lsn(200, 210), 8);
      staging.put("u", At.lsn(150, 160), 8, "b", "1.00");
      staging.drain();

      assertThat(rows("stg_qvp.orders")).containsExactly("delete applied 1", "upsert applied 3");

      staging.rewind();
      staging.drainBy(1);
      staging.truncate(At.lsn(300, 310));
      staging.drain();

      assertThat(rows("stg_qvp.orders"))
          .containsExactly(
              "delete applied 2",
              "delete duplicate 1",
              "upsert applied 3",
              "upsert duplicate 1",
              "upsert older 2");
      Timer age = timer("end.to.end", "table", "stg_qvp.orders");
      assertThat(age.getId().getTag("since")).isEqualTo("source");
      assertThat(age.max(TimeUnit.SECONDS)).isGreaterThan(FIFTY_YEARS);
    }
  }

  private List<String> rows(String table) {
    return registry.find("sink.rows").tag("table", table).counters().stream()
        .filter(counter -> counter.count() > 0)
        .map(SinkMetersTest::text)
        .sorted()
        .toList();
  }

  private static String text(Counter counter) {
    return String.format(
        Locale.ROOT,
        "%s %s %.0f",
        counter.getId().getTag("op"),
        counter.getId().getTag("result"),
        counter.count());
  }

  private Timer timer(String name, String tag, String value) {
    return registry.get(name).tag(tag, value).timer();
  }
}
