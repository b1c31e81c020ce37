package io.riffle.cdc.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.testing.ChildJvm;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.S3Extension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestRegistry;
import io.riffle.testing.TestS3;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Killed at random moments, it leaves the same rows. */
@Tag("full")
@Tag("cdc")
@ExtendWith({KafkaExtension.class, S3Extension.class, RegistryExtension.class})
class KilledArchiverIT {
  private static final int KILLS = 8;
  private static final int EVENTS = 250;
  private static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");

  private final ArchiveFixture archive;
  private final URI registry;
  private final SampleEvents events;
  private final String topic;
  private final Schema schema = SampleEvents.schema("");
  private final Path folder;

  KilledArchiverIT(TestKafka kafka, TestS3 s3, TestRegistry registry, @TempDir Path folder) {
    this.registry = registry.url();
    this.archive = new ArchiveFixture(kafka, s3, registry.client(), folder);
    this.topic = archive.topics.cdc("qvp", "public", "users");
    this.events = new SampleEvents(registry.client(), topic);
    this.folder = folder;
  }

  @Test
  void leavesEveryRowInClosedFilesAndEachTheSame() throws Exception {
    long seed = Long.getLong("riffle.seed", new Random().nextLong());
    Random random = new Random(seed);
    archive.kafka.createTopic(topic, 1);
    long sent = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      try (ChildJvm archiver = start()) {
        int files = archive.keys().size();
        sent = send(sent);
        int more = random.nextInt(5);
        await("objects, seed " + seed)
            .atMost(Duration.ofMinutes(1))
            .pollInterval(Duration.ofMillis(20))
            .until(() -> archive.keys().size() >= files + more);
        archiver.kill();
      }
    }
    long all = sent;
    try (ChildJvm last = start()) {
      await("the end, seed " + seed)
          .atMost(Duration.ofMinutes(1))
          .until(() -> archive.committed(topic) >= all);
      last.kill();
    }

    Map<String, String> rows = new HashMap<>();
    archive
        .files()
        .forEach((key, lines) -> lines.stream().skip(1).forEach(line -> same(rows, line, seed)));
    assertThat(rows).as("seed %d", seed).hasSize((int) all);
    assertWhole();
  }

  private ChildJvm start() {
    return ChildJvm.start(
        List.of("-Xmx200m", "-XX:TieredStopAtLevel=1"),
        ArchiverMain.arguments(archive, registry, folder),
        Map.of(),
        folder.resolve("archiver.log"));
  }

  private long send(long from) {
    archive.send(
        LongStream.range(from, from + EVENTS)
            .mapToObj(id -> events.change(schema, "c", SampleEvents.row(schema, id), TIME, 1, id))
            .toList());
    return from + EVENTS;
  }

  /** The test's rows begin with their key, which is the offset, too. */
  private static void same(Map<String, String> rows, String line, long seed) {
    String before = rows.put(line.substring(0, line.indexOf(',')), line);
    assertThat(before == null || before.equals(line)).as("seed %d", seed).isTrue();
  }

  private void assertWhole() throws IOException {
    try (ArchiveStore store = ArchiveStore.open(archive.config(1, Duration.ofHours(1)))) {
      for (String key : archive.files().keySet()) {
        assertThat(new ArchivedFile(store, key, archive.manifest(key)).problem()).isEmpty();
      }
    }
  }
}
