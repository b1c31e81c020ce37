package io.riffle.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.testing.HttpGate;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.S3Extension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestRegistry;
import io.riffle.testing.TestS3;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Neighbours that fail: the part pauses, says why, no file suffers, and it goes on by itself. */
@ExtendWith({
  KafkaExtension.class,
  PostgresExtension.class,
  S3Extension.class,
  RegistryExtension.class
})
@Tag("full")
@Tag("sources")
final class PausesIT {

  private final ProducerStack stack;
  private final TestS3 s3;
  private final TestRegistry registry;

  PausesIT(TestKafka kafka, TestPostgres postgres, TestS3 s3, TestRegistry registry) {
    this.stack = new ProducerStack(kafka, postgres, s3, registry);
    this.s3 = s3;
    this.registry = registry;
  }

  @ParameterizedTest
  @CsvSource({"riffle.files, scanner", "riffle.split_progress, scanner"})
  void aRightOnTheLedgerThatIsTakenAway(String table, String part) {
    String role = stack.role();
    stack.execute("REVOKE ALL ON " + table + " FROM " + role);
    RifProducer producer = stack.start(Map.of("database.user", role));
    upload("pde.csv");

    awaitPaused(part, "POSTGRES", "42501", "permission denied for table " + plain(table));
    assertThat(stack.file("pde.csv")).doesNotStartWith("REJECTED");

    stack.execute("GRANT ALL ON " + table + " TO " + role);
    awaitPublishedAndWorking(producer, part, "pde.csv");
  }

  @Test
  void aColumnOfTheLedgerThatIsMissing() {
    stack.execute("ALTER TABLE riffle.manifests RENAME COLUMN feed TO another");
    RifProducer producer = stack.start(Map.of());
    upload("pde.csv");

    awaitPaused("scanner", "POSTGRES", "42703", "feed");

    stack.execute("ALTER TABLE riffle.manifests RENAME COLUMN another TO feed");
    awaitPublishedAndWorking(producer, "scanner", "pde.csv");
  }

  @ParameterizedTest
  @ValueSource(ints = {503, 401})
  void aRegistryThatRefuses(int status) {
    try (HttpGate gate = new HttpGate(registry.url())) {
      gate.answer(status);
      RifProducer producer =
          stack.start(
              Map.of(
                  "registry.url", gate.url().toString(),
                  "registry.attempts", "2",
                  "registry.backoff", "50ms"));
      upload("pde.csv");

      awaitPaused("scanner", "REGISTRY", Integer.toString(status), "HTTP " + status);
      assertThat(stack.file("pde.csv")).startsWith("DISCOVERED");

      gate.open();
      awaitPublishedAndWorking(producer, "scanner", "pde.csv");
    }
  }

  @Test
  void aBucketThatDoesNotExistYet() {
    String bucket = "late-" + UUID.randomUUID();
    RifProducer producer = stack.start(Map.of("s3.bucket", bucket));

    awaitPaused("scanner", "S3", "404", "");

    s3.client().createBucket(request -> request.bucket(bucket));
    awaitState("scanner", "WORKING");
    end(producer);
  }

  @Test
  void credentialsThatS3DoesNotTake() {
    RifProducer producer = stack.start(Map.of("s3.secret-key", "another"));
    awaitPaused("scanner", "S3", "403", "");
    end(producer);
  }

  private void upload(String name) {
    String instant = ProducerStack.instant(2);
    stack.put("Incoming/" + instant + "/" + name, RifRows.full("PDE").records(-1, -30).text());
    stack.putManifest(instant, 1, name, "PDE");
  }

  private void awaitPublishedAndWorking(RifProducer producer, String part, String name) {
    stack.awaitPublished(name);
    awaitState(part, "WORKING");
    assertThat(stack.file(name)).startsWith("LOADING");
    assertThat(stack.query("SELECT rejected_by_producer FROM riffle.file_attempts"))
        .containsExactly("0");
    end(producer);
  }

  private static void end(RifProducer producer) {
    assertThat(producer.failure()).isEmpty();
    assertThat(producer.end()).isZero();
  }

  private void awaitPaused(String part, String neighbour, String cause, String text) {
    await(part + " to pause for " + cause)
        .atMost(Duration.ofSeconds(40))
        .until(() -> attribute(part, "Cause"), cause::equals);
    assertThat(attribute(part, "State")).isEqualTo("PAUSED");
    assertThat(attribute(part, "Neighbour")).isEqualTo(neighbour);
    assertThat(attribute(part, "Text")).contains(text);
  }

  private void awaitState(String part, String state) {
    await(part + " to be " + state)
        .atMost(Duration.ofSeconds(40))
        .until(() -> attribute(part, "State"), state::equals);
  }

  private String attribute(String part, String attribute) {
    return PauseOf.attribute(stack, part, attribute);
  }

  private static String plain(String table) {
    return table.substring(table.indexOf('.') + 1);
  }
}
