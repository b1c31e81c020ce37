package io.riffle.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.testing.ChildJvm;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.S3Extension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestRegistry;
import io.riffle.testing.TestS3;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One file that is larger than the heap by far, with a line that is, too. */
@ExtendWith({
  KafkaExtension.class,
  PostgresExtension.class,
  S3Extension.class,
  RegistryExtension.class
})
@Tag("full")
@Tag("sources")
final class LargeFileIT {

  private static final int RECORDS = 1_700_000;
  private static final int LONG_LINE = 100 * 1024 * 1024;
  private static final String HEAP = "-Xmx128m";

  private final ProducerStack stack;
  private final Path folder;

  LargeFileIT(
      TestKafka kafka,
      TestPostgres postgres,
      TestS3 s3,
      TestRegistry registry,
      @TempDir Path folder) {
    this.stack = new ProducerStack(kafka, postgres, s3, registry);
    this.folder = folder;
  }

  /** Some 260 MB in a heap of 128 MB, of which Kafka's producer may take 16. */
  @Test
  void isLoadedInConstantMemory() throws Exception {
    Path file = write();
    assertThat(Files.size(file)).isGreaterThan(250L * 1024 * 1024);
    upload(file);
    Map<String, String> settings =
        stack.settings(Map.of("producer.workers", "1", "kafka.producer.buffer.memory", "16777216"));
    try (ChildJvm process =
        ProducerProcess.start(settings, folder, HEAP, "-XX:+ExitOnOutOfMemoryError")) {
      await()
          .atMost(Duration.ofMinutes(4))
          .until(() -> !process.isAlive() || !published().isEmpty());
      assertThat(process.isAlive()).as(process.log()).isTrue();
      assertThat(published()).isEqualTo(RECORDS + "|1");
      assertThat(process.terminate(30)).isZero();
    }
  }

  private String published() {
    return String.join(
        "",
        stack.query(
            "SELECT published_records, rejected_by_producer FROM riffle.file_attempts"
                + " WHERE published_at IS NOT NULL"));
  }

  private Path write() throws IOException {
    Path file = folder.resolve("large.csv");
    String[] sample = RifRows.full("PDE").records(-1, -1).text().split("\n", -1);
    String rest = sample[1].replaceFirst("\\|-1\\|", "|%d|");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(sample[0] + "\n");
      for (int key = 1; key <= RECORDS; key++) {
        out.write(rest.replace("%d", "-" + key) + "\n");
        if (key == RECORDS / 2) {
          longLine(out);
        }
      }
    }
    return file;
  }

  private static void longLine(BufferedWriter out) throws IOException {
    String part = "x".repeat(1024);
    for (int written = 0; written < LONG_LINE; written += part.length()) {
      out.write(part);
    }
    out.write("\n");
  }

  private void upload(Path file) {
    String instant = ProducerStack.instant(2);
    stack.put("Incoming/" + instant + "/large.csv", file);
    stack.putManifest(instant, 0, "large.csv", "PDE");
  }
}
