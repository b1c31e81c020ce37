package io.riffle.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.console.lag.GivenLags;
import io.riffle.operations.lag.LagHistory;
import io.riffle.operations.overview.Overview;
import io.riffle.operations.overview.Pipeline;
import io.riffle.operations.overview.PipelineState;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** 1,000 topics with 12 partitions each, read by 300 groups: pages come from what is kept. */
@ExtendWith(PostgresExtension.class)
class SpeedIT {
  private static final int ROUNDS = 21;
  private static final long MOST_MILLIS = 100;

  private final TestPostgres postgres;

  SpeedIT(TestPostgres server) {
    this.postgres = server.anotherMigrated("ccw");
  }

  @Test
  void pagesOfALargeSiteTakeLessThanATenthOfASecond(@TempDir Path folder) throws Exception {
    try (RunningConsole console =
        RunningConsole.start(postgres, "127.0.0.1:9", folder, Map.of("console.lag-every", "1h"))) {
      LagHistory history = new LagHistory();
      for (int look = 0; look < 30; look++) {
        console.server().lag().take(GivenLags.of(300, 1_000, 12, history, look));
      }
      for (int look = 0; look < 120; look++) {
        console.server().overview().take(overview(look));
      }
      console.as("viewer");
      for (String page : List.of("/", "/lag", "/lag/group?name=main-group-000")) {
        assertThat(median(console, page)).as(page).isLessThan(MOST_MILLIS);
      }
      assertThat(console.page("/lag")).contains("main-group-299");
      assertThat(console.page("/")).contains("pipeline-49", "DEGRADED");
    }
  }

  private static Overview overview(int look) {
    List<Pipeline> pipelines = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      pipelines.add(
          new Pipeline(
              "pipeline-" + i,
              PipelineState.DEGRADED,
              List.of("merge-processor: records may expire before they are read"),
              Optional.of(1_000.0 + look),
              Optional.of(900.0 + look),
              Optional.of(look * 10L),
              Optional.of(Duration.ofSeconds(3)),
              Optional.empty(),
              Optional.of(4L),
              Optional.of(Instant.EPOCH)));
    }
    return new Overview(Instant.parse("2026-11-20T10:00:00Z").plusSeconds(30L * look), pipelines);
  }

  private static long median(RunningConsole console, String page) throws Exception {
    List<Long> millis = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      console.page(page);
      millis.add((System.nanoTime() - start) / 1_000_000);
    }
    millis.sort(null);
    System.out.println(page + " took " + millis + " ms");
    return millis.get(ROUNDS / 2);
  }
}
