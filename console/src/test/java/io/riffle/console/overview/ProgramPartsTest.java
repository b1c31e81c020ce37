package io.riffle.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.failure.Failure;
import io.riffle.failure.Neighbour;
import io.riffle.failure.Pause;
import io.riffle.failure.Verdict;
import io.riffle.metrics.Meters;
import io.riffle.metrics.MetricsServer;
import io.riffle.operations.overview.PipelineState;
import io.riffle.operations.overview.ProgramParts;
import io.riffle.operations.overview.Standing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What programs tell Prometheus of their parts is what the overview says of them. */
class ProgramPartsTest {
  private static final String SET = "parts";
  private static final Failure DENIED =
      new Failure(Neighbour.POSTGRES, "42501", Verdict.SYSTEMIC, "no right on table t");

  private final Meters meters = Meters.open();
  private final MetricsServer program =
      MetricsServer.start(meters, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  @TempDir private Path folder;
  private Path targets;
  private ProgramParts parts;

  @BeforeEach
  void targets() throws IOException {
    targets = folder.resolve("targets.json");
    parts = new ProgramParts(targets, SET, Duration.ofSeconds(5));
    write(target(program.address().getPort(), "rif-producer", SET));
  }

  @AfterEach
  void close() {
    program.close();
    meters.close();
  }

  @Test
  void aPartThatWaitsIsToldWithForWhom() {
    try (Pause pause = Pause.of(SET, "scanner")) {
      assertThat(parts.get()).isEmpty();

      pause.failed(DENIED);
      assertThat(parts.get())
          .containsExactly(new Standing(PipelineState.PAUSED, "scanner waits for POSTGRES: 42501"));

      pause.succeeded();
      assertThat(parts.get()).isEmpty();
    }
  }

  @Test
  void aPartThatHasStoppedIsWorse() {
    Pause pause = Pause.of(SET, "planner");
    pause.stopped(DENIED);

    assertThat(parts.get())
        .containsExactly(new Standing(PipelineState.STOPPED, "planner has stopped: 42501"));
    pause.succeeded();
    pause.close();
  }

  @Test
  void partsOfOtherSetsAndOfCapturedDatabasesAreElsewhere() {
    try (Pause other = Pause.of("other", "scanner");
        Pause captured = Pause.of(SET, "cdc-qvp")) {
      other.failed(DENIED);
      captured.failed(DENIED);

      assertThat(parts.get()).isEmpty();
    }
  }

  @Test
  void aProgramThatDoesNotAnswerIsTold() throws IOException {
    int silent;
    try (ServerSocket taken = new ServerSocket(0)) {
      silent = taken.getLocalPort();
    }
    write(target(silent, "merge-processor", SET), target(silent, "rif-producer", "other"));

    assertThat(parts.get())
        .containsExactly(new Standing(PipelineState.DEGRADED, "merge-processor does not answer"));
  }

  @Test
  void aFileThatIsNoneIsTold() throws IOException {
    Files.writeString(targets, "{");

    assertThat(parts.get()).extracting(Standing::state).containsExactly(PipelineState.DEGRADED);
  }

  private void write(String... groups) throws IOException {
    Files.writeString(targets, "[" + String.join(",", groups) + "]");
  }

  private static String target(int port, String program, String set) {
    return """
        {"targets": ["127.0.0.1:%1$d"], "labels": {"instance": "%2$s", "job": "%2$s", "set": "%3$s"}}
        """
        .formatted(port, program, set);
  }
}
