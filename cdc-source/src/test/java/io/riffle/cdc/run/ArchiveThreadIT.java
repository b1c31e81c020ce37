package io.riffle.cdc.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.cdc.archive.ArchiveConfig;
import io.riffle.cdc.archive.ArchiveFixture;
import io.riffle.cdc.archive.SampleEvents;
import io.riffle.cdc.config.CdcConfig;
import io.riffle.config.Settings;
import io.riffle.net.TcpProxy;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.S3Extension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestRegistry;
import io.riffle.testing.TestS3;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.apache.avro.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What an archive lives through: every event is in it. */
@Tag("full")
@Tag("cdc")
@ExtendWith({KafkaExtension.class, S3Extension.class, RegistryExtension.class})
class ArchiveThreadIT {
  private static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration LONG = Duration.ofHours(1);

  private final ArchiveFixture archive;
  private final TestRegistry registry;
  private final CdcConfig config;
  private final Schema schema = SampleEvents.schema("");
  private final String topic;
  private final Path folder;

  ArchiveThreadIT(TestKafka kafka, TestS3 s3, TestRegistry registry, @TempDir Path folder) {
    this.archive = new ArchiveFixture(kafka, s3, registry.client(), folder);
    this.registry = registry;
    this.folder = folder;
    this.topic = archive.topics().cdc("qvp", "public", "users");
    this.config =
        Settings.of(
                Map.of(
                    "set", archive.topics().set(),
                    "kafka.bootstrap-servers", kafka.bootstrapServers(),
                    "kafka.metadata.max.age.ms", "500",
                    "registry.url", registry.url().toString(),
                    "database.url", "jdbc:postgresql://localhost:1/none",
                    "database.user", "none",
                    "connect.url", "http://localhost:1"))
            .build(CdcConfig::from);
  }

  @BeforeEach
  void createTopic() {
    archive.kafka().createTopic(topic, 1);
  }

  @Test
  void waitsForS3() throws Exception {
    URI s3 = archive.s3().endpoint();
    try (TcpProxy way = TcpProxy.before(s3.getPort())) {
      ArchiveConfig direct = archive.config(5, LONG);
      ArchiveConfig config =
          new ArchiveConfig(
              direct.bucket(),
              direct.prefix(),
              Optional.of(URI.create("http://127.0.0.1:" + way.port())),
              direct.region(),
              direct.credentials(),
              true,
              Duration.ofSeconds(5),
              direct.limits());
      try (ArchiveThread thread = start(config)) {
        send(topic, 0, 10);
        awaitRows(topic, 10);
        way.cut();
        send(topic, 10, 20);
        awaitPaused("S3");

        way.heal();
        awaitRows(topic, 20);
        assertThat(pause("State")).isEqualTo("WORKING");
        assertThat(thread).isNotNull();
      }
    }
  }

  @Test
  void makesItsFolderAgain() throws Exception {
    ArchiveConfig config = archive.config(5, LONG);
    try (ArchiveThread thread = start(config)) {
      send(topic, 0, 3);
      await("a file is open").atMost(Duration.ofSeconds(30)).until(() -> !openFiles().isEmpty());
      delete(folder);
      send(topic, 3, 10);

      awaitRows(topic, 10);
      assertThat(thread).isNotNull();
    }
    assertThat(openFiles()).isEmpty();
  }

  /** What is not archived yet goes into a last file, and the new topic is read from its begin. */
  @Test
  void keepsTheEndOfATopicThatIsDeletedAndMadeAgain() throws Exception {
    try (ArchiveThread thread = start(archive.config(5, LONG))) {
      send(topic, 0, 13);
      awaitRows(topic, 10);
      await("the rest is in an open file")
          .atMost(Duration.ofSeconds(30))
          .until(() -> !openFiles().isEmpty());
      archive.kafka().admin().deleteTopics(List.of(topic)).all().get();
      awaitRows(topic, 13);
      await("the topic is gone")
          .atMost(Duration.ofSeconds(30))
          .until(() -> !archive.kafka().admin().listTopics().names().get().contains(topic));

      archive.kafka().createTopic(topic, 1);
      send(topic, 100, 120);
      awaitRows(topic, 33);
      assertThat(thread).isNotNull();
    }
    Set<String> creations =
        archive.files().keySet().stream()
            .map(key -> key.substring(key.lastIndexOf('/') + 1).split("-", 4)[3])
            .collect(Collectors.toSet());
    assertThat(creations).hasSize(2);
  }

  @Test
  void sharesTopicsWithOthersThatComeAndGo() throws Exception {
    String second = archive.topics().cdc("qvp", "public", "other");
    archive.kafka().createTopic(second, 1);
    ArchiveConfig config = archive.config(50, Duration.ofSeconds(1));
    try (ArchiveThread one = start(config)) {
      for (int from = 0; from < 400; from += 100) {
        send(topic, from, from + 60);
        send(second, from, from + 60);
        try (ArchiveThread two = start(config)) {
          send(topic, from + 60, from + 100);
          send(second, from + 60, from + 100);
          awaitRows(topic, from + 100);
          assertThat(two).isNotNull();
        }
      }
      awaitRows(topic, 400);
      awaitRows(second, 400);
      assertThat(one).isNotNull();
    }
  }

  private ArchiveThread start(ArchiveConfig where) {
    ArchiveThread thread = new ArchiveThread(where, config);
    thread.start();
    return thread;
  }

  private void send(String to, long from, long end) {
    SampleEvents events = new SampleEvents(registry.client(), to);
    archive.send(
        LongStream.range(from, end)
            .mapToObj(id -> events.change(schema, "c", SampleEvents.row(schema, id), TIME, 1, id))
            .toList());
  }

  /** Rows differ by their keys: overlapping files count once. */
  private void awaitRows(String of, int count) {
    await(count + " rows")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(rows(of)).hasSize(count));
  }

  private Set<String> rows(String of) {
    String table = of.substring(of.lastIndexOf('.') + 1);
    Set<String> rows = new TreeSet<>();
    archive
        .files()
        .forEach(
            (key, lines) -> {
              if (key.contains("." + table + "/")) {
                lines.stream().skip(1).map(line -> line.split(",", 2)[0]).forEach(rows::add);
              }
            });
    return rows;
  }

  private void awaitPaused(String neighbour) {
    await("pause")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              assertThat(pause("State")).isEqualTo("PAUSED");
              assertThat(pause("Neighbour")).isEqualTo(neighbour);
            });
  }

  private Object pause(String attribute) throws Exception {
    return ManagementFactory.getPlatformMBeanServer()
        .getAttribute(
            new ObjectName(
                "io.riffle:type=Pause,set=" + archive.topics().set() + ",part=cdc-archive"),
            attribute);
  }

  private List<Path> openFiles() throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> path.toString().endsWith(".csv.gz")).toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
