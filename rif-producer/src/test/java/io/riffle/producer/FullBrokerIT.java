package io.riffle.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.riffle.testing.PostgresExtension;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.S3Extension;
import io.riffle.testing.SmallDisk;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestRegistry;
import io.riffle.testing.TestS3;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A broker whose disk is full. Kafka ends such a broker itself; somebody makes room and starts it.
 * Mounting a small disk takes root; skipped without.
 */
@ExtendWith({PostgresExtension.class, S3Extension.class, RegistryExtension.class})
@Tag("full")
@Tag("kills")
final class FullBrokerIT {

  private static final int RECORDS = 40_000;

  @Test
  void theLoadPausesAndNothingThatWasCommittedIsLost(
      TestPostgres postgres, TestS3 s3, TestRegistry registry) throws Exception {
    Optional<SmallDisk> mounted = SmallDisk.mount(192);
    assumeTrue(mounted.isPresent(), "no file system can be mounted here");
    try (SmallDisk disk = mounted.get();
        TestKafka kafka =
            TestKafka.startIn(Files.createDirectory(disk.folder().resolve("kafka")))) {
      loadThrough(kafka, disk, new ProducerStack(kafka, postgres, s3, registry));
    }
  }

  private static void loadThrough(TestKafka kafka, SmallDisk disk, ProducerStack stack) {
    upload(stack);
    RifProducer producer = stack.start(settings());
    await().atMost(Duration.ofSeconds(60)).until(() -> splits(stack) > 5);
    disk.fillBut(128 * 1024);
    await("the broker to end").atMost(Duration.ofSeconds(60)).until(() -> !kafka.isAlive());
    await("a pause")
        .atMost(Duration.ofSeconds(60))
        .until(() -> PauseOf.attribute(stack, "worker-0", "Neighbour").equals("KAFKA"));
    assertThat(producer.failure()).isEmpty();

    disk.free();
    kafka.restart();
    List<String> committed = stack.progressKeys();
    stack.awaitPublished("pde.csv");

    assertThat(producer.end()).isZero();
    assertThat(stack.progressKeys()).containsAll(committed);
    stack.requireOnce(1, RECORDS);
  }

  /** Impatient clients: the test need not wait two minutes for a send to fail. */
  private static Map<String, String> settings() {
    return Map.of(
        "split.max-rows", "400",
        "producer.workers", "1",
        "kafka.producer.request.timeout.ms", "4000",
        "kafka.producer.delivery.timeout.ms", "8000",
        "kafka.producer.max.block.ms", "8000",
        "kafka.producer.compression.type", "none");
  }

  private static long splits(ProducerStack stack) {
    return stack.progressKeys().stream().filter(key -> key.startsWith("split/")).count();
  }

  private static void upload(ProducerStack stack) {
    String instant = ProducerStack.instant(2);
    String text = RifRows.full("PDE").records(-1, -RECORDS).text();
    stack.put("Incoming/" + instant + "/pde.csv", text);
    stack.putManifest(instant, 0, "pde.csv", "PDE");
  }
}
