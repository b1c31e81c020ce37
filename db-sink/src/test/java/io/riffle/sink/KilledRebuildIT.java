package io.riffle.sink;

import static io.riffle.sink.SinkFixture.CARRIER;
import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.sink.rebuild.Progress;
import io.riffle.sink.rebuild.Step;
import io.riffle.sink.rebuild.SwapHook;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.NamedPoint;
import io.riffle.testing.NamedPoint.Call;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A rebuild that is killed with kill -9, again and again, each time further on. */
@ExtendWith({PostgresExtension.class, KafkaExtension.class})
@Tag("full")
@Tag("stack")
class KilledRebuildIT {
  private static final String PACKAGE = "io.riffle.sink.rebuild.";
  private static final List<Call> POINTS =
      List.of(
          new Call(PACKAGE + "ProgressTable", "create", 1),
          new Call(PACKAGE + "ProgressTable", "scanned", 2),
          new Call(PACKAGE + "ProgressTable", "loaded", 3),
          new Call(PACKAGE + "Chunk", "copy", 2),
          new Call(PACKAGE + "Building", "run", 3),
          new Call(PACKAGE + "ProgressTable", "verified", 1),
          new Call(PACKAGE + "ProgressTable", "caughtUp", 1),
          new Call(PACKAGE + "TableLocks", "take", 1),
          new Call(PACKAGE + "Carried", "objects", 2));

  private final RebuildFixture riffle;
  private final SinkFixture sink;
  private final Path folder;

  KilledRebuildIT(TestPostgres postgres, TestKafka kafka, @TempDir Path folder) {
    this.riffle = new RebuildFixture(postgres, kafka);
    this.sink = riffle.sink;
    this.folder = folder;
  }

  @AfterEach
  void close() {
    riffle.close();
  }

  @Test
  void endsAsIfItHadNotBeenKilled() throws Exception {
    List<TopicPartition> topic = riffle.topic(CARRIER, 2);
    TestWorker worker = riffle.worker().open(topic.get(0), topic.get(1));
    put(topic, 1, 600);
    worker.drain();
    sink.postgres.execute("DELETE FROM ccw.carrier_claims WHERE clm_id BETWEEN 1 AND 50");
    List<String> arguments = riffle.arguments(1, CARRIER);

    for (Call point : POINTS) {
      if (point.method().equals("verified")) {
        put(topic, 500, 700);
        worker.drain();
      }
      killAt(point, arguments);
      assertThat(sink.rows("SELECT FROM pg_namespace WHERE nspname = 'riffle_old_1'")).isEmpty();
    }

    List<Progress> seen = new ArrayList<>();
    riffle.rebuild(1, CARRIER).run(seen::add, SwapHook.NONE);
    assertThat(seen).extracting(Progress::step).endsWith(Step.DONE);
    assertThat(sink.row("SELECT count(*), sum(clm_id) FROM ccw.carrier_claims"))
        .isEqualTo("700|" + 700 * 701 / 2);
    assertThat(
            sink.row(
                "SELECT count(*) FROM ccw.carrier_claims c WHERE riffle_lines_hash <>"
                    + " (SELECT count(*) FROM ccw.carrier_claim_lines l"
                    + " WHERE l.clm_id = c.clm_id)"))
        .isEqualTo("0");
  }

  private void put(List<TopicPartition> topic, long from, long to) {
    for (long key = from; key <= to; key++) {
      long lines = (key + to) % 3;
      sink.putCarrier(topic.get((int) (key % 2)), 1, key, key, lines, (int) lines);
    }
    riffle.publish();
  }

  private void killAt(Call call, List<String> arguments) throws Exception {
    try (NamedPoint point = NamedPoint.at(call)) {
      Process process = RebuildProcess.start(arguments, point.jvmOption(), folder);
      try {
        point.reach();
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }
}
