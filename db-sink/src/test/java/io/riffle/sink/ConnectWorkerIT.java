package io.riffle.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.sink.meter.MetricsExtension;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.runtime.Connect;
import org.apache.kafka.connect.runtime.distributed.DistributedHerder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The connector as users run it: in a distributed worker, with real brokers and registry. */
@ExtendWith({PostgresExtension.class, KafkaExtension.class, RegistryExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectWorkerIT {
  private final TestKafka kafka;
  private final TestPostgres postgres;
  private final TestRegistry registry;
  private final HttpClient http = HttpClient.newHttpClient();
  private Connect<DistributedHerder> worker;
  private SinkFixture sink;
  private SinkTopics topics;

  ConnectWorkerIT(TestKafka kafka, TestPostgres postgres, TestRegistry registry) {
    this.kafka = kafka;
    this.postgres = postgres;
    this.registry = registry;
  }

  @BeforeAll
  void startWorker() {
    Map<String, String> properties = ConnectSettings.worker(kafka);
    properties.put("listeners", "HTTP://localhost:0");
    properties.put("offset.flush.interval.ms", "500");
    properties.put("rest.extension.classes", MetricsExtension.class.getName());
    worker = new ConnectDistributed().startConnect(properties);
  }

  @AfterAll
  void stopWorker() {
    worker.stop();
    worker.awaitStop();
  }

  @BeforeEach
  void createTopics() {
    sink = new SinkFixture(postgres);
    SchemaRegistry client = registry.client();
    topics = new SinkTopics(kafka, new Encoder(client));
    topics.createAnew();
  }

  @AfterEach
  void close() {
    sink.close();
  }

  @Test
  void loadsCommittedRecordsClosesTheFileAndObeysAlteredOffsets() throws Exception {
    sink.ledger(1, 100);
    produce();
    assertThat(call("PUT", "/config", connectorConfig("read_uncommitted")).statusCode())
        .isEqualTo(400);

    HttpResponse<String> created = call("PUT", "/config", connectorConfig("read_committed"));

    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    awaitRow(
        "COMPLETED|100|t",
        "SELECT f.state, a.applied, a.closed_at IS NOT NULL"
            + " FROM riffle.files f JOIN riffle.file_attempts a USING (file_id)");
    assertThat(sink.row("SELECT count(*), min(clm_id) FROM ccw.carrier_claims")).isEqualTo("100|1");
    awaitGroupAtEnd();
    assertThat(metrics())
        .contains(
            "sink_rows_total{op=\"upsert\",result=\"applied\",table=\"carrier_claims\"} 100.0")
        .contains("sink_batch_seconds_bucket{connector=\"main-db-sink\",le=\"+Inf\"}")
        .contains("end_to_end_seconds_count{since=\"topic\",table=\"carrier_claims\"}")
        .contains("connect_task_status{connector=\"main-db-sink\",status=\"running\",task=\"0\"} 1")
        .contains("part_paused{part=\"main-db-sink-0\",set=\"main\"} 0.0");
    List<String> rows = sink.rows("SELECT clm_id, xmin FROM ccw.carrier_claims ORDER BY 1");

    readAgainFromTheStart();

    awaitRow("101", "SELECT count(*) FROM ccw.carrier_claims");
    assertThat(sink.rows("SELECT clm_id, xmin FROM ccw.carrier_claims ORDER BY 1"))
        .containsAll(rows);
    assertThat(sink.row("SELECT sum(applied), sum(older) FROM riffle.sink_totals"))
        .isEqualTo("101|0");
  }

  /** What alert TaskFailed goes by: the task is gone, and its series must not be. */
  @Test
  void aTaskThatFailedStaysVisible() throws Exception {
    String topic = kafka.uniqueName("elsewhere");
    kafka.admin().createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    Map<String, String> more = Map.of("topics.regex", topic);
    String config = ConnectSettings.connector(sink, kafka, registry, more);

    assertThat(call("PUT", "broken", "/config", config).statusCode()).isEqualTo(201);

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(metrics())
                    .contains(
                        "connect_task_status{connector=\"broken\",status=\"failed\",task=\"0\"} 1"));
    assertThat(call("DELETE", "broken", "", "").statusCode()).isEqualTo(204);
  }

  /** Stops the connector, moves its offsets to the start, adds a record, and lets it go on. */
  private void readAgainFromTheStart() throws Exception {
    assertThat(call("PUT", "/stop", "").statusCode()).isEqualTo(204);
    String offsets =
        """
        {"offsets": [{"partition": {"kafka_topic": "%s", "kafka_partition": 0},
                      "offset": {"kafka_offset": 0}}]}
        """
            .formatted(SinkFixture.CARRIER_TOPIC);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> call("PATCH", "/offsets", offsets).statusCode() == 200);
    assertThat(
            sink.row(
                "SELECT next FROM riffle.sink_offsets WHERE topic = '"
                    + SinkFixture.CARRIER_TOPIC
                    + "' AND partition = 0"))
        .isEqualTo("0");
    try (KafkaProducer<byte[], byte[]> producer = topics.producer("late")) {
      producer.beginTransaction();
      topics.send(producer, 0, 101);
      producer.commitTransaction();
    }
    assertThat(call("PUT", "/resume", "").statusCode()).isEqualTo(202);
  }

  /** A transaction that is aborted, and one with a file and its barriers. */
  private void produce() {
    try (KafkaProducer<byte[], byte[]> producer = topics.producer("merge")) {
      producer.beginTransaction();
      topics.send(producer, 0, -1);
      producer.flush();
      producer.abortTransaction();
      producer.beginTransaction();
      for (int key = 1; key <= 100; key++) {
        topics.send(producer, key % SinkTopics.PARTITIONS, key);
      }
      topics.barriers(producer, 50);
      producer.commitTransaction();
    }
  }

  private String connectorConfig(String isolation) throws Exception {
    Map<String, String> more =
        Map.of("tasks.max", "2", "consumer.override.isolation.level", isolation);
    return ConnectSettings.connector(sink, kafka, registry, more);
  }

  /** Connect commits what preCommit gave: the database's offsets. */
  private void awaitGroupAtEnd() {
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(
            () -> {
              var offsets =
                  kafka
                      .admin()
                      .listConsumerGroupOffsets("connect-" + ConnectSettings.NAME)
                      .partitionsToOffsetAndMetadata()
                      .get();
              return sink.rows(
                      "SELECT topic, partition, next FROM riffle.sink_offsets ORDER BY 1, 2")
                  .equals(
                      offsets.entrySet().stream()
                          .map(
                              entry ->
                                  entry.getKey().topic()
                                      + "|"
                                      + entry.getKey().partition()
                                      + "|"
                                      + entry.getValue().offset())
                          .sorted()
                          .toList());
            });
  }

  private void awaitRow(String expected, String query) {
    await("database")
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(sink.row(query)).isEqualTo(expected));
  }

  /** As Prometheus asks. */
  private String metrics() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(worker.rest().advertisedUrl().resolve("/metrics"))
            .header("Accept", "text/plain;version=0.0.4;q=0.5,*/*;q=0.1")
            .build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  private HttpResponse<String> call(String method, String path, String body) throws Exception {
    return call(method, ConnectSettings.NAME, path, body);
  }

  private HttpResponse<String> call(String method, String connector, String path, String body)
      throws Exception {
    URI uri = worker.rest().advertisedUrl().resolve("/connectors/" + connector + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }
}
