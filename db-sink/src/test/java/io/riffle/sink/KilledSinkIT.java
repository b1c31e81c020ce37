package io.riffle.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.testing.KafkaExtension;
import io.riffle.testing.NamedPoint;
import io.riffle.testing.NamedPoint.Call;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A worker that ends before, during and after the commit of a batch: rows and offsets agree. */
@ExtendWith({PostgresExtension.class, KafkaExtension.class, RegistryExtension.class})
@Tag("full")
@Tag("kills")
class KilledSinkIT {
  private static final int RECORDS = 100;
  private static final long TERM_SECONDS = 30;
  private static final int ENDED_BY_SIGTERM = 143; // Connect leaves it to the JVM
  private static final Call LAST_STATEMENT =
      new Call("io.riffle.sink.write.BarrierTable", "write", 1);
  private static final Call REPLY =
      new Call("org.postgresql.core.v3.QueryExecutorImpl", "processResults", 1);
  private static final Call COMMITTED = new Call("io.riffle.sink.Backlog", "written", 1);

  private final TestKafka kafka;
  private final TestRegistry registry;
  private final Path folder;
  private final SinkFixture sink;
  private final SinkTopics topics;
  private final Map<String, String> worker;

  KilledSinkIT(
      TestKafka kafka, TestPostgres postgres, TestRegistry registry, @TempDir Path folder) {
    this.kafka = kafka;
    this.registry = registry;
    this.folder = folder;
    this.sink = new SinkFixture(postgres);
    this.topics = new SinkTopics(kafka, new Encoder(registry.client()));
    this.worker = worker();
    topics.createAnew();
  }

  @AfterEach
  void close() {
    sink.close();
  }

  /** Where the worker is killed, and what the database then has. */
  enum Moment {
    BEFORE_THE_COMMIT(0),
    BETWEEN_COMMIT_AND_REPLY(RECORDS),
    AFTER_THE_COMMIT(RECORDS);

    private final int rows;

    Moment(int rows) {
      this.rows = rows;
    }

    private Call[] calls() {
      return switch (this) {
        case BEFORE_THE_COMMIT -> new Call[] {LAST_STATEMENT};
        case BETWEEN_COMMIT_AND_REPLY -> new Call[] {LAST_STATEMENT, REPLY};
        case AFTER_THE_COMMIT -> new Call[] {COMMITTED};
      };
    }
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void killedAround(Moment moment) throws Exception {
    sink.ledger(1, RECORDS);
    produceRecords();
    runTo(moment.calls(), (process, point) -> process.jvm().kill());

    awaitRow(Integer.toString(moment.rows), "SELECT count(*) FROM ccw.carrier_claims");
    assertThat(sink.row("SELECT coalesce(sum(applied), 0) FROM riffle.sink_totals"))
        .isEqualTo(Integer.toString(moment.rows));
    List<String> rows = sink.rows("SELECT clm_id, xmin FROM ccw.carrier_claims");
    assertThat(
            sink.row(
                "SELECT coalesce(sum(next), 0) FROM riffle.sink_offsets WHERE topic = '"
                    + SinkFixture.CARRIER_TOPIC
                    + "'"))
        .isEqualTo(Integer.toString(moment.rows));

    endsAsIfNothingHadHappened();
    assertThat(sink.rows("SELECT clm_id, xmin FROM ccw.carrier_claims")).containsAll(rows);
  }

  @Test
  void sigtermInTheMiddleOfABatch() throws Exception {
    sink.ledger(1, RECORDS);
    produceRecords();
    runTo(
        new Call[] {LAST_STATEMENT},
        (process, point) -> {
          point.release(); // which lets it go on
          assertThat(process.jvm().terminate(TERM_SECONDS)).isEqualTo(ENDED_BY_SIGTERM);
        });
    endsAsIfNothingHadHappened();
  }

  /** What is done with a worker that stands still. */
  private interface End {
    void of(ConnectProcess process, NamedPoint point) throws InterruptedException;
  }

  private void runTo(Call[] calls, End end) throws Exception {
    try (NamedPoint point = NamedPoint.at(calls);
        ConnectProcess process = ConnectProcess.start(worker, folder, point.jvmOption())) {
      CompletableFuture<Void> reached = CompletableFuture.runAsync(point::reach);
      process.configure(connector());
      reached.join();
      end.of(process, point);
    }
  }

  private void endsAsIfNothingHadHappened() throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = topics.producer("end");
        ConnectProcess process = ConnectProcess.start(worker, folder)) {
      producer.beginTransaction();
      topics.barriers(producer, RECORDS / SinkTopics.PARTITIONS);
      producer.commitTransaction();
      awaitRow("COMPLETED", "SELECT state FROM riffle.files");
      assertThat(sink.row("SELECT count(*) FROM ccw.carrier_claims"))
          .isEqualTo(Integer.toString(RECORDS));
      assertThat(sink.row("SELECT sum(applied), sum(older) FROM riffle.sink_totals"))
          .isEqualTo(RECORDS + "|0");
      assertThat(process.jvm().terminate(TERM_SECONDS)).isEqualTo(ENDED_BY_SIGTERM);
    }
  }

  private void produceRecords() {
    try (KafkaProducer<byte[], byte[]> producer = topics.producer("merge")) {
      producer.beginTransaction();
      for (int key = 1; key <= RECORDS; key++) {
        topics.send(producer, key % SinkTopics.PARTITIONS, key);
      }
      producer.commitTransaction();
    }
  }

  private void awaitRow(String expected, String query) {
    await("database")
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(() -> assertThat(sink.row(query)).isEqualTo(expected));
  }

  private String connector() throws Exception {
    Map<String, String> more =
        Map.of(
            "tasks.max", "1", "consumer.override.session.timeout.ms", "6000", "batch.rows", "1000");
    return ConnectSettings.connector(sink, kafka, registry, more);
  }

  private Map<String, String> worker() {
    Map<String, String> properties = ConnectSettings.worker(kafka);
    properties.put("session.timeout.ms", "6000");
    properties.put("heartbeat.interval.ms", "1000");
    return properties;
  }
}
