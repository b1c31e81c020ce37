package io.riffle.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.riffle.producer.kafka.FencedException;
import io.riffle.producer.kafka.ScannerTransactions;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.S3Extension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestRegistry;
import io.riffle.testing.TestS3;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each record once and each barrier once, whatever ends a process between which two steps. */
@Tag("full")
@Tag("kills")
@ExtendWith({
  KafkaExtension.class,
  PostgresExtension.class,
  S3Extension.class,
  RegistryExtension.class
})
final class CrashIT {

  private static final Map<String, String> SCANNER = Map.of("producer.roles", "scanner");
  private static final Map<String, String> WORKER = Map.of("producer.roles", "worker");

  private final ProducerStack stack;

  CrashIT(TestKafka kafka, TestPostgres postgres, TestS3 s3, TestRegistry registry) {
    this.stack = new ProducerStack(kafka, postgres, s3, registry);
  }

  @Test
  void doesNotPlanAFileAgainWhoseLedgerUpdateWasLost() {
    upload(2, "pde.csv", 30);
    RifProducer scanner = stack.start(SCANNER);
    stack.awaitFile("pde.csv", "PLANNED");
    scanner.end();
    stack.execute(
        "DELETE FROM riffle.file_attempts;"
            + "UPDATE riffle.files SET state = 'DISCOVERED', attempt = 0");

    RifProducer producer = stack.start(Map.of());
    stack.awaitPublished("pde.csv");
    producer.end();

    assertThat(stack.progressKeys()).filteredOn(key -> key.startsWith("planned/")).hasSize(1);
    stack.requireOnce(1, 30);
  }

  @Test
  void doesNotWriteBarriersAgainAndLoadsAgainAsANewAttempt() {
    upload(2, "pde.csv", 30);
    RifProducer producer = stack.start(Map.of());
    stack.awaitPublished("pde.csv");
    producer.end();
    stack.execute(
        "DELETE FROM riffle.split_progress;"
            + "UPDATE riffle.file_attempts SET published_at = NULL, splits_done = 0");

    producer = stack.start(Map.of());
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> stack.query("SELECT splits_done FROM riffle.file_attempts").contains("1"));
    stack.execute("SELECT riffle.change_file_state(1, 'COMPLETED')");
    stack.execute("SELECT riffle.change_file_state(1, 'DISCOVERED')");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> stack.progressKeys().contains("barriers/1/2"));
    producer.end();

    stack.requireOnce(1, 30);
    stack.requireOnce(2, 30);
  }

  @Test
  void rejectsAFileThatWasReplacedAfterItsPlan() {
    upload(2, "replaced.csv", 30);
    upload(1, "kept.csv", 5);
    RifProducer scanner = stack.start(SCANNER);
    stack.awaitFile("kept.csv", "PLANNED");
    stack.put(
        "Incoming/" + ProducerStack.instant(2) + "/replaced.csv",
        RifRows.full("PDE").records(-1, -31).text());

    RifProducer worker = stack.start(WORKER);
    stack.awaitPublished("kept.csv");
    stack.awaitFile("replaced.csv", "REJECTED|OBJECT_CHANGED|replaced.csv, line 2");
    scanner.end();
    worker.end();

    assertThat(stack.raw("PDE").data).hasSize(5);
  }

  @Test
  void fencesTheScannerThatWasActiveBefore() {
    ProducerConfig config = stack.config(Map.of());
    List<ProducerRecord<byte[], byte[]>> record =
        List.of(new ProducerRecord<>(stack.topics().splits(), new byte[1], new byte[1]));
    String id = stack.topics().scannerTransactionalId();
    try (ScannerTransactions first = ScannerTransactions.open(config.kafka(), id);
        ScannerTransactions second = ScannerTransactions.open(config.kafka(), id)) {
      assertThatThrownBy(() -> first.write(record))
          .isInstanceOf(FencedException.class)
          .hasMessageContaining("another process has taken over");
      second.write(record);
    }
    assertThat(stack.kafka().readAll(stack.topics().splits())).hasSize(1);
  }

  private void upload(int daysAgo, String name, int records) {
    String instant = ProducerStack.instant(daysAgo);
    String text = RifRows.full("PDE").records(-1, -records).text();
    stack.put("Incoming/" + instant + "/" + name, text);
    stack.putManifest(instant, 0, name, "PDE");
  }
}
