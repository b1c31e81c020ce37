package io.riffle.infra.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  @TempDir Path folder;

  @Test
  void keepsTheLastThreeRuns() throws IOException {
    LogFile log = new LogFile(folder.resolve("logs/kafka.log"));
    for (int run = 1; run <= 5; run++) {
      log.rotate();
      Files.writeString(log.path(), "run " + run);
    }

    assertThat(log.path()).hasContent("run 5");
    assertThat(folder.resolve("logs/kafka.log.1")).hasContent("run 4");
    assertThat(folder.resolve("logs/kafka.log.3")).hasContent("run 2");
    assertThat(folder.resolve("logs")).isDirectoryNotContaining("glob:**.4");
  }

  @Test
  void givesTheLastLines() throws IOException {
    LogFile log = new LogFile(folder.resolve("kafka.log"));
    assertThat(log.tail(3)).isEmpty();

    Files.writeString(log.path(), "x".repeat(50_000) + "\none\ntwo\nthree\n");

    assertThat(log.tail(2)).containsExactly("two", "three");
  }
}
