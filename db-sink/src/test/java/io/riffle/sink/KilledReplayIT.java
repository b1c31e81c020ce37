package io.riffle.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.sink.replay.ReplayEnd;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.NamedPoint;
import io.riffle.testing.NamedPoint.Call;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** kill -9 of the process that runs a replay, and a second run. */
@ExtendWith({PostgresExtension.class, KafkaExtension.class, RegistryExtension.class})
@Tag("full")
@Tag("kills")
class KilledReplayIT {
  private static final int KEYS = 60;

  private final ReplayFixture set;
  private final TestRegistry registry;
  private final Path folder;

  KilledReplayIT(
      TestKafka kafka, TestPostgres postgres, TestRegistry registry, @TempDir Path folder) {
    this.set = new ReplayFixture(kafka, postgres, registry.client());
    this.registry = registry;
    this.folder = folder;
  }

  @AfterEach
  void close() {
    set.close();
  }

  /** Where the process is killed; batches of ten records. */
  enum Moment {
    LOOKING_FOR_THE_NEWEST("io.riffle.sink.replay.NewestRecords", "saw", 20, 0),
    IN_A_TRANSACTION("io.riffle.sink.replay.ReplayTable", "count", 3, 20),
    BETWEEN_TRANSACTIONS("io.riffle.sink.write.Brake", "written", 3, 30);

    private final String type;
    private final String method;
    private final int times;
    private final int rows;

    Moment(String type, String method, int times, int rows) {
      this.type = type;
      this.method = method;
      this.times = times;
      this.rows = rows;
    }

    private Call call() {
      return new Call(type, method, times);
    }
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void theSecondRunGoesOnWhereTheFirstOneWas(Moment moment) throws Exception {
    load();
    List<String> claims = set.claims();
    List<String> lines = set.lines();
    set.execute("DELETE FROM ccw.carrier_claims; DELETE FROM ccw.carrier_claim_lines");
    long replay = set.plan(false);

    try (NamedPoint point = NamedPoint.at(moment.call())) {
      Process process = start(replay, point.jvmOption());
      point.reach();
      process.destroyForcibly().waitFor();
    }

    assertThat(set.row("SELECT state, rows_written FROM riffle.replays"))
        .isEqualTo("RUNNING|" + moment.rows);
    assertThat(set.claims()).hasSize(moment.rows);
    List<String> written = set.rows("SELECT clm_id, xmin FROM ccw.carrier_claims");

    assertThat(set.run(replay)).isInstanceOf(ReplayEnd.Done.class);

    assertThat(set.claims()).isEqualTo(claims);
    assertThat(set.lines()).isEqualTo(lines);
    assertThat(set.rows("SELECT clm_id, xmin FROM ccw.carrier_claims"))
        .as("nothing twice")
        .containsAll(written);
    assertThat(set.row("SELECT state, rows_written, rows_kept FROM riffle.replays"))
        .isEqualTo("DONE|" + KEYS + "|0");
  }

  private void load() {
    LiveSink sink = set.sink();
    for (int round = 1; round <= 2; round++) {
      for (long key = 1; key <= KEYS; key++) {
        set.put(key, 1000L * round + key, round);
      }
    }
    sink.drain();
  }

  private Process start(long replay, String jvmOption) throws Exception {
    Map<String, String> properties = SinkFixture.properties(set.postgres);
    properties.put("kafka.bootstrap.servers", set.kafka.bootstrapServers());
    properties.put("registry.url", registry.url().toString());
    properties.put("set", set.topics.set());
    properties.put("replay", Long.toString(replay));
    List<String> text = new ArrayList<>();
    properties.forEach((key, value) -> text.add(key + "=" + value));
    Path file = Files.write(folder.resolve("replay.properties"), text);
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            jvmOption,
            "-cp",
            System.getProperty("java.class.path"),
            ReplayMain.class.getName(),
            file.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("replay.log").toFile())
        .start();
  }
}
