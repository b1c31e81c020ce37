package io.riffle.infra.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordsTest {
  @TempDir Path folder;

  @Test
  void remembersAndForgets() {
    RunRecords records = new RunRecords(folder);
    RunRecord run =
        new RunRecord(
            "connect-east",
            "connect",
            4711,
            Instant.parse("2026-11-20T10:15:30.120Z"),
            Map.of("connect-east", 8083),
            Path.of("/logs/connect-east.log"),
            "abc");

    records.save(run);
    assertThat(records.find("connect-east")).contains(run);
    assertThat(records.all()).containsExactly(run);

    records.forget("connect-east");
    assertThat(records.find("connect-east")).isEmpty();
  }

  @Test
  void namesADamagedFile() throws IOException {
    Files.writeString(folder.resolve("kafka.json"), "{");

    assertThatThrownBy(() -> new RunRecords(folder).all()).hasMessageContaining("kafka.json");
  }
}
