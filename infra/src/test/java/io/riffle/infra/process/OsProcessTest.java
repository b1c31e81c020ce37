package io.riffle.infra.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OsProcessTest {
  @TempDir Path folder;

  @Test
  void aLaterProcessWithTheSamePidIsNotOurs() {
    OsProcess self = OsProcess.running(ProcessHandle.current().pid()).orElseThrow();
    OsProcess earlier = new OsProcess(self.pid(), self.startedAt().minusSeconds(60));

    assertThat(self.isAlive()).isTrue();
    assertThat(earlier.isAlive()).isFalse();
  }

  @Test
  void neverSignalsAProcessThatIsNotOurs() {
    OsProcess sleep = start("sleep", "60");
    OsProcess earlier = new OsProcess(sleep.pid(), Instant.EPOCH);

    earlier.kill();

    assertThat(sleep.isAlive()).isTrue();
    sleep.kill();
  }

  @Test
  void endsWhenAsked() {
    OsProcess sleep = start("sleep", "60");

    assertThat(sleep.end("TERM", Duration.ofSeconds(5))).isTrue();
    assertThat(sleep.isAlive()).isFalse();
  }

  @Test
  void isKilledWhenItDoesNotListen() {
    OsProcess deaf = start("sh", "-c", "trap '' TERM; echo ready; while :; do sleep 1; done");
    LogFile log = log();
    await().until(() -> log.tail(1).equals(List.of("ready")));

    assertThat(deaf.end("TERM", Duration.ofMillis(300))).isFalse();
    assertThat(deaf.isAlive()).isFalse();
  }

  @Test
  void knowsItsMemory() {
    OsProcess self = OsProcess.running(ProcessHandle.current().pid()).orElseThrow();

    if (Files.exists(Path.of("/proc/self/status"))) {
      assertThat(self.memory().orElseThrow()).isGreaterThan(1 << 20);
    }
  }

  private OsProcess start(String... command) {
    return new Launcher().start(new Launch(List.of(command), Map.of(), List.of()), folder, log());
  }

  private LogFile log() {
    return new LogFile(folder.resolve("service.log"));
  }
}
