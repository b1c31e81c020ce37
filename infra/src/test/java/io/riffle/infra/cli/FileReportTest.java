package io.riffle.infra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.operations.ledger.FileStatus;
import io.riffle.operations.ledger.FileStatus.Totals;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@code riffle files} and {@code riffle load} say of keys that a file has more than once. */
class FileReportTest {

  @Test
  void repeatedKeysAreALineWhereThereAreAny() {
    assertThat(new FileReport(List.of(file(2))).table())
        .endsWith("\nrepeated key: pde.csv, 2 of 10 records; the later one of a key wins");
    assertThat(new FileReport(List.of(file(0))).table()).doesNotContain("repeated");
  }

  @Test
  void repeatedKeysAreAlwaysInTheJson() {
    assertThat(new FileReport(List.of(file(2))).json().toString()).contains("\"repeatedKeys\":2");
    assertThat(new FileReport(List.of(file(0))).json().toString()).contains("\"repeatedKeys\":0");
  }

  private static FileStatus file(long repeatedKeys) {
    return new FileStatus(
        "Incoming/t/1_manifest.xml",
        Optional.of("pde.csv"),
        Optional.of("PDE"),
        "COMPLETED",
        Optional.empty(),
        Optional.empty(),
        Optional.of(
            new Totals(1, 11, 10, 10, 9, 1, 0, 0, 0, 0, repeatedKeys, 2.0, Optional.empty())),
        List.of());
  }
}
