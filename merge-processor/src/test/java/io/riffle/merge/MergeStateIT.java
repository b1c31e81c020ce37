package io.riffle.merge;

import static io.riffle.merge.MergeFixture.ATTEMPT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.riffle.merge.MergeFixture.Delivery;
import io.riffle.testing.ChildJvm;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.SmallDisk;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestRegistry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Local states that are damaged, lost, or on a full disk: never served, always rebuilt. */
@ExtendWith({KafkaExtension.class, RegistryExtension.class})
@Tag("full")
@Tag("merge")
class MergeStateIT {
  private static final String READY = "state=\"RUNNING\"";
  private static final int MANY = 150_000;
  private static final int LEAST_RATE = 20_000; // records a second; a quiet machine does 90,000
  private static final long TERM_SECONDS = 60;
  private static final Pattern RESTORED =
      Pattern.compile("State restored .*records=\"(\\d+)\" millis=\"(\\d+)\"");

  private final MergeFixture merge;

  MergeStateIT(TestKafka kafka, TestRegistry server, @TempDir Path folder) {
    this.merge = new MergeFixture(kafka, server, folder);
    merge.createTopics("CARRIER");
  }

  /** What happens to a file of a state while the program is stopped. */
  enum Damage {
    TABLE_CUT(".sst"),
    TABLE_FLIPPED_AT_ITS_START(".sst"),
    TABLE_FLIPPED_AT_ITS_END(".sst"),
    TABLE_LOST(".sst"),
    ROWS_CUT(".blob"),
    ROWS_FLIPPED(".blob"),
    LIST_OF_TABLES_CUT("MANIFEST-");

    private final String file;

    Damage(String file) {
      this.file = file;
    }

    void inflictOn(Path path) throws IOException {
      try (RandomAccessFile bytes = new RandomAccessFile(path.toFile(), "rw")) {
        switch (this) {
          case TABLE_CUT, ROWS_CUT, LIST_OF_TABLES_CUT -> bytes.setLength(bytes.length() / 2);
          case TABLE_FLIPPED_AT_ITS_START -> flip(bytes, 20);
          case ROWS_FLIPPED -> flip(bytes, bytes.length() / 3);
          case TABLE_FLIPPED_AT_ITS_END -> flip(bytes, bytes.length() - 60);
          case TABLE_LOST -> Files.delete(path);
        }
      }
    }

    private static void flip(RandomAccessFile bytes, long at) throws IOException {
      bytes.seek(at);
      int found = bytes.read();
      bytes.seek(at);
      bytes.write(found ^ 0x55);
    }
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void aDamagedStateIsNeverServedAndBuiltAnew(Damage damage) throws Exception {
    List<Delivery> deliveries = merge.deliveries(60);
    int half = deliveries.size() / 2;
    try (ChildJvm first = merge.start()) {
      merge.publish(deliveries.subList(0, half));
      merge.publishBarriers(ATTEMPT + 1);
      merge.awaitBarriers(1);
      assertThat(first.terminate(TERM_SECONDS)).isZero();
    }
    List<Path> files = files(damage.file);
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      damage.inflictOn(file);
    }

    try (ChildJvm second = merge.start()) {
      merge.publish(deliveries.subList(half, deliveries.size()));
      merge.publishBarriers(ATTEMPT);
      merge.awaitBarriers(2);
      merge.checkContent();
      assertThat(merge.log()).contains("State restored");
      assertThat(second.terminate(TERM_SECONDS)).as("exit code").isZero();
    }
  }

  /** The rate counts what all partitions restored in the time of the slowest. */
  @Test
  void aLostStateIsRestoredAtARate() throws Exception {
    try (ChildJvm first = merge.start()) {
      merge.publishMany(MANY);
      merge.publishBarriers(ATTEMPT);
      merge.awaitParkedBarriers(1);
      assertThat(first.terminate(TERM_SECONDS)).isZero();
    }
    merge.wipeStates();

    try (ChildJvm second = merge.start(Map.of(), "-Xmx512m")) {
      merge.awaitLog(READY, 2);
      merge.publishBarriers(ATTEMPT + 1);
      merge.awaitParkedBarriers(2);
      assertThat(second.terminate(TERM_SECONDS)).as("exit code").isZero();
    }
    assertThat(merge.emitted()).as("nothing is merged again").isEqualTo(MANY);
    assertThat(rate()).as("restored records a second").isGreaterThan(LEAST_RATE);
  }

  /** Full at the start, and again in the middle. */
  @Test
  void aFullDiskIsWaitedFor() throws Exception {
    Optional<SmallDisk> mounted = SmallDisk.mount(160);
    assumeTrue(mounted.isPresent(), "no file system can be mounted here");
    try (SmallDisk disk = mounted.get()) {
      Map<String, String> there =
          Map.of(
              "RIFFLE_MERGE_STATE_DIR",
              disk.folder().resolve("state").toString(),
              "RIFFLE_MERGE_WRITE_BUFFERS",
              "1MiB"); // so little that a few records are flushed
      disk.fillBut(0);
      try (ChildJvm process = merge.start(there)) {
        merge.awaitLog("NO_ROOM");
        disk.free();
        merge.awaitLog(READY);

        disk.fillBut(0);
        merge.publishMany(5_000);
        merge.publishBarriers(ATTEMPT);
        merge.awaitLog("No space left on device");
        assertThat(merge.barriers(1)).isFalse();
        disk.free();

        merge.awaitParkedBarriers(1);
        merge.checkTotals();
        assertThat(process.terminate(TERM_SECONDS)).as("exit code").isZero();
      }
    }
  }

  private List<Path> files(String name) throws IOException {
    try (Stream<Path> files = Files.walk(merge.stateFolder())) {
      return files.filter(file -> file.getFileName().toString().contains(name)).toList();
    }
  }

  private long rate() {
    long records = 0;
    long millis = 1;
    Matcher found = RESTORED.matcher(merge.log());
    while (found.find()) {
      records += Long.parseLong(found.group(1));
      millis = Math.max(millis, Long.parseLong(found.group(2)));
    }
    long rate = records * 1_000 / millis;
    System.out.printf(Locale.ROOT, "%d records restored, %d a second%n", records, rate);
    return rate;
  }
}
