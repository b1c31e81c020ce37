package io.riffle.cdc.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffle.cdc.connector.ConnectorStatus;
import io.riffle.cdc.ledger.SnapshotState;
import io.riffle.cdc.ledger.Sources;
import io.riffle.cdc.ledger.Wanted;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A snapshot that Debezium leaves where it is, and streams on, comes to its end soon. */
@Tag("full")
@Tag("capture")
@ExtendWith({PostgresExtension.class, KafkaExtension.class, RegistryExtension.class})
class HaltedSnapshotIT {
  private static final String ITEMS = "SELECT id, name FROM app.item";
  private static final int ROWS = 30_000;

  /** Far less than a connector may be silent. */
  private static final Duration SOON = Duration.ofSeconds(100);

  private final CaptureFixture capture;
  private final TestPostgres source;

  HaltedSnapshotIT(TestKafka kafka, TestRegistry registry, TestPostgres postgres) {
    capture = new CaptureFixture(kafka, registry, postgres);
    source = capture.source;
  }

  @BeforeEach
  void beginSnapshot() {
    source.execute(
        "CREATE SCHEMA app; CREATE TABLE app.item (id int PRIMARY KEY, name text);"
            + " INSERT INTO app.item SELECT n, 'first' FROM generate_series(1, "
            + ROWS
            + ") n");
    capture.add(100, Duration.ofHours(1), "app.item");
    await("some chunks are done").atMost(Duration.ofMinutes(2)).until(() -> done() > 300);
  }

  @AfterEach
  void close() {
    capture.close();
  }

  /** As after two kills of the worker within a chunk. */
  @Test
  void isAskedForAgainWhenDebeziumHasForgottenIt() throws Exception {
    capture.ledger(ledger -> want(new Sources(ledger), Wanted.PAUSED));
    await("it is stopped")
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                capture
                    .connect()
                    .status(capture.connector())
                    .filter(ConnectorStatus::isStopped)
                    .isPresent());
    assertThat(capture.snapshots().get(0).state()).isEqualTo(SnapshotState.RUNNING);
    forgetSnapshot();

    capture.ledger(ledger -> want(new Sources(ledger), Wanted.RUNNING));

    capture.awaitSnapshots(SOON);
    capture.awaitReplica("app.item", ITEMS);
  }

  private static boolean want(Sources sources, Wanted wanted) throws SQLException {
    sources.want(CaptureFixture.SOURCE, wanted);
    return true;
  }

  private long done() {
    return capture.snapshots().isEmpty() ? 0 : capture.snapshots().get(0).rowsDone();
  }

  private void forgetSnapshot() throws IOException, InterruptedException {
    URI offsets = capture.worker.rest().resolve("/connectors/" + capture.connector() + "/offsets");
    HttpClient http = HttpClient.newHttpClient();
    String body =
        http.send(HttpRequest.newBuilder(offsets).build(), BodyHandlers.ofString()).body();
    JsonNode stored = new ObjectMapper().readTree(body);
    ObjectNode offset = (ObjectNode) stored.path("offsets").path(0).path("offset");
    assertThat(offset.path("incremental_snapshot_correlation_id").asText()).isEqualTo("riffle-1");
    offset.retain(
        offset.properties().stream()
            .map(Map.Entry::getKey)
            .filter(key -> !key.startsWith("incremental_snapshot"))
            .toList());
    int status =
        http.send(
                HttpRequest.newBuilder(offsets)
                    .header("Content-Type", "application/json")
                    .method("PATCH", BodyPublishers.ofString(stored.toString()))
                    .build(),
                BodyHandlers.ofString())
            .statusCode();
    assertThat(status).isEqualTo(200);
  }
}
