package io.riffle.sink;

import static io.riffle.sink.SinkFixture.CARRIER;
import static io.riffle.sink.SinkFixture.PDE;
import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.layout.Layout;
import io.riffle.sink.rebuild.Step;
import io.riffle.sink.rebuild.SwapHook;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Load and indexes of a rebuild against a bare COPY of the same rows into indexed tables. The
 * figure of a busy machine says little: the test only stops a rebuild that has become slow.
 */
@ExtendWith({PostgresExtension.class, KafkaExtension.class})
@Tag("full")
@Tag("stack")
class RebuildRateIT {
  private static final int RECORDS = Integer.getInteger("riffle.rebuild.records", 20_000);
  private static final double LEAST = 0.3;

  private final RebuildFixture riffle;
  private final SinkFixture sink;

  RebuildRateIT(TestPostgres postgres, TestKafka kafka) {
    riffle = new RebuildFixture(postgres, kafka);
    sink = riffle.sink;
  }

  @AfterEach
  void close() {
    riffle.close();
  }

  @Test
  void claims() throws Exception {
    List<TopicPartition> topic = riffle.topic(CARRIER, 4);
    Random keys = new Random(1);
    for (int i = 0; i < RECORDS; i++) {
      long key = keys.nextLong() >> 20;
      sink.putCarrier(topic.get(Math.floorMod(key, 4)), 1, key, Math.abs(key % 1000), 3, 3);
      if (i % 20_000 == 0) {
        riffle.publish();
      }
    }
    race(CARRIER, topic, List.of("carrier_claims", "carrier_claim_lines"));
  }

  @Test
  void events() throws Exception {
    List<TopicPartition> topic = riffle.topic(PDE, 4);
    Random keys = new Random(1);
    for (int i = 0; i < 4 * RECORDS; i++) {
      long key = keys.nextLong() >> 20;
      Map<String, Object> event = Map.of("pde_id", key, "bene_id", key % 1000);
      var value = sink.encoder.merged(PDE, Encoder.origin(1, i), 0, event, List.of());
      sink.log.add(topic.get(Math.floorMod(key, 4)), Long.toString(key), value);
      if (i % 20_000 == 0) {
        riffle.publish();
      }
    }
    race(PDE, topic, List.of("partd_events"));
  }

  private void race(Layout layout, List<TopicPartition> topic, List<String> tables)
      throws Exception {
    riffle.publish();
    riffle.worker().open(topic.toArray(TopicPartition[]::new)).drain();
    Duration bare = bareCopy(tables);
    Map<Step, Long> starts = new EnumMap<>(Step.class);
    riffle
        .rebuild(1, layout, riffle.settings(RebuildFixture.PROMPT, 100_000))
        .run(progress -> starts.putIfAbsent(progress.step(), System.nanoTime()), SwapHook.NONE);
    Duration built = Duration.ofNanos(starts.get(Step.VERIFY) - starts.get(Step.SCAN));
    double share = (double) bare.toNanos() / built.toNanos();
    Files.writeString(
        Path.of("target", "rebuild-rate-" + layout.topicPart() + ".txt"),
        String.format(
            Locale.ROOT,
            "%d records: bare COPY %d ms; scan %d, load %d, indexes %d ms; share %.2f; verify %d ms%n",
            sink.log.end(topic.get(0)) * topic.size(),
            bare.toMillis(),
            millis(starts, Step.SCAN, Step.LOAD),
            millis(starts, Step.LOAD, Step.INDEX),
            millis(starts, Step.INDEX, Step.VERIFY),
            share,
            millis(starts, Step.VERIFY, Step.CATCH_UP)));
    assertThat(share).isGreaterThan(LEAST);
  }

  private static long millis(Map<Step, Long> starts, Step from, Step to) {
    return (starts.get(to) - starts.get(from)) / 1_000_000;
  }

  /** From a file of the server into tables with the same indexes. */
  private Duration bareCopy(List<String> tables) {
    String folder = sink.row("SHOW data_directory");
    for (String table : tables) {
      sink.postgres.execute(
          "CREATE TABLE bare_"
              + table
              + " (LIKE ccw."
              + table
              + " INCLUDING ALL);"
              + "COPY ccw."
              + table
              + " TO '"
              + folder
              + "/"
              + table
              + ".copy' (FORMAT binary)");
    }
    long start = System.nanoTime();
    for (String table : tables) {
      sink.postgres.execute(
          "COPY bare_" + table + " FROM '" + folder + "/" + table + ".copy' (FORMAT binary)");
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
