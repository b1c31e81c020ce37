package io.riffle.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.riffle.producer.kafka.FencedException;
import io.riffle.producer.kafka.ScannerTransactions;
import io.riffle.schemas.layout.Layouts;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.S3Extension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestRegistry;
import io.riffle.testing.TestS3;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Each record once and each barrier once, whatever ends a process between which two steps. */
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

    assertThat(progressKeys()).filteredOn(key -> key.startsWith("planned/")).hasSize(1);
    requireOnce(1, 30);
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
    await().atMost(Duration.ofSeconds(20)).until(() -> progressKeys().contains("barriers/1/2"));
    producer.end();

    requireOnce(1, 30);
    requireOnce(2, 30);
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

    assertThat(raw().data).hasSize(5);
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

  @Test
  @Tag("full")
  @Tag("kills")
  void publishesOnceThroughKillsOfTheProcess(@TempDir Path folder) throws Exception {
    upload(2, "pde.csv", 6_000);
    Path settings = writeSettings(folder);
    int killed = 0;
    while (killed < 3) {
      int before = progressKeys().size();
      Process process = startProcess(settings, folder);
      await().atMost(Duration.ofSeconds(60)).until(() -> progressKeys().size() > before + 3);
      process.destroyForcibly().waitFor();
      killed++;
    }
    assertThat(progressKeys()).noneMatch(key -> key.startsWith("barriers/"));
    Process last = startProcess(settings, folder);
    stack.awaitPublished("pde.csv");
    last.destroy();

    assertThat(last.waitFor()).isZero();
    requireOnce(1, 6_000);
  }

  /** Each record of the attempt once, and one barrier to each partition. */
  private void requireOnce(int attempt, int records) {
    RawTopic raw = raw();
    assertThat(raw.data.stream().filter(found -> found.origin().attempt() == attempt))
        .hasSize(records)
        .extracting(found -> found.origin().version())
        .doesNotHaveDuplicates();
    assertThat(raw.barriers.stream().filter(found -> found.value().attempt() == attempt))
        .extracting(RawTopic.Barrier::partition)
        .containsExactlyInAnyOrder(0, 1, 2, 3);
  }

  private RawTopic raw() {
    return new RawTopic(stack, stack.topics().rif(Layouts.load().get("PDE")));
  }

  private List<String> progressKeys() {
    return stack.kafka().readAll(stack.topics().progress()).stream()
        .map(record -> new String(record.key(), StandardCharsets.UTF_8))
        .toList();
  }

  private void upload(int daysAgo, String name, int records) {
    String instant = ProducerStack.instant(daysAgo);
    String text = RifRows.full("PDE").records(-1, -records).text();
    stack.put("Incoming/" + instant + "/" + name, text);
    stack.putManifest(instant, 0, name, "PDE");
  }

  private Path writeSettings(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    Map<String, String> more =
        Map.of("split.max-rows", "60", "producer.instance", "one", "producer.workers", "1");
    stack.settings(more).forEach((key, value) -> lines.add(key + "=" + value));
    return Files.write(folder.resolve("producer.properties"), lines);
  }

  private static Process startProcess(Path settings, Path folder) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
            java,
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            RifProducer.class.getName());
    builder.environment().put("RIFFLE_CONFIG", settings.toString());
    File log = folder.resolve("process.log").toFile();
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
        .start();
  }
}
