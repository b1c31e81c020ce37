package io.riffle.infra.pauses;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.failure.Failure;
import io.riffle.failure.Neighbour;
import io.riffle.failure.Pause;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PauseReaderTest {

  @Test
  void readsWhatPausesAndNothingElse() throws Exception {
    try (Pause paused = Pause.of("east", "odd name, quoted");
        Pause works = Pause.of("east", "works")) {
      paused.failed(Failure.of(Neighbour.POSTGRES, "42501", "no right on table t"));
      works.failed(Failure.noAnswer(Neighbour.S3, "away"));
      works.succeeded();

      assertThat(PauseReader.paused(ManagementFactory.getPlatformMBeanServer()))
          .singleElement()
          .satisfies(
              part -> {
                assertThat(part.set()).isEqualTo("east");
                assertThat(part.part()).isEqualTo("odd name, quoted");
                assertThat(part.stopped()).isFalse();
                assertThat(part.since().toString()).isEqualTo(paused.getSince());
                assertThat(part.neighbour()).isEqualTo("POSTGRES");
                assertThat(part.verdict()).isEqualTo("SYSTEMIC");
                assertThat(part.cause()).isEqualTo("42501");
                assertThat(part.text()).isEqualTo("no right on table t");
                assertThat(part.failures()).isOne();
              });
    }
  }

  @Test
  void aProcessThatDoesNotAnswerHasNothingToSay() throws Exception {
    Process other = new ProcessBuilder("tail", "-f", "/dev/null").start();
    try {
      assertThat(PauseReader.read(other.pid(), Duration.ofMillis(300))).isEmpty();
    } finally {
      other.destroyForcibly();
    }
    assertThat(PauseReader.read(other.pid(), Duration.ofMillis(300))).isEmpty();
  }
}
