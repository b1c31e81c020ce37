package io.riffle.infra.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.infra.generate.DataSetGenerator.GeneratedFile;
import io.riffle.infra.generate.GenerateRequest.Entry;
import io.riffle.schemas.layout.Layouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSetGeneratorTest {

  private final Layouts layouts = Layouts.load();
  @TempDir Path folder;

  @Test
  void sameSeedGivesTheSameBytes() throws IOException {
    new DataSetGenerator(request(List.of("CARRIER", "PDE"), 200, false)).write(folder.resolve("a"));
    new DataSetGenerator(request(List.of("CARRIER", "PDE"), 200, false)).write(folder.resolve("b"));

    for (Path file : list(folder.resolve("a"))) {
      assertThat(file).hasSameBinaryContentAs(folder.resolve("b").resolve(file.getFileName()));
    }
  }

  @Test
  void aLongerFileStartsWithTheShorterOne() throws IOException {
    new DataSetGenerator(request(List.of("PDE"), 50, false)).write(folder.resolve("a"));
    new DataSetGenerator(request(List.of("PDE"), 80, false)).write(folder.resolve("b"));

    List<String> shorter = Files.readAllLines(folder.resolve("a/pde_1.csv"));
    assertThat(Files.readAllLines(folder.resolve("b/pde_1.csv")).subList(0, 51)).isEqualTo(shorter);
  }

  @Test
  void everyRowHasAsManyFieldsAsTheHeader() throws IOException {
    List<GeneratedFile> files =
        new DataSetGenerator(request(List.of("CARRIER", "CARRIER_MERGE"), 300, true)).write(folder);

    for (GeneratedFile file : files) {
      List<String> rows = Files.readAllLines(folder.resolve(file.name()));
      assertThat(rows).hasSize(Math.toIntExact(file.rows() + 1));
      assertThat(rows).allMatch(row -> row.split("\\|", -1).length == width(rows));
    }
  }

  @Test
  void mergeFileBringsWhatTheOlderLayoutLacks() throws IOException {
    new DataSetGenerator(request(List.of("CARRIER", "CARRIER_MERGE"), 1, true)).write(folder);

    assertThat(header("carrier_1.csv")).doesNotContain("CARR_CLM_BLG_NPI_NUM", "LINE_NDC_CD");
    assertThat(header("carrier_merge_1.csv"))
        .containsExactly(
            "CLM_ID",
            "CARR_CLM_CNTL_NUM",
            "CARR_CLM_BLG_NPI_NUM",
            "LINE_NUM",
            "LINE_NDC_CD",
            "CARR_LINE_CLIA_LAB_NUM");
  }

  private static int width(List<String> rows) {
    return rows.get(0).split("\\|", -1).length;
  }

  private String[] header(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file)).get(0).replace("\uFEFF", "").split("\\|", -1);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private GenerateRequest request(List<String> types, long records, boolean older) {
    List<Entry> entries = types.stream().map(type -> Entry.parse(layouts, type)).toList();
    return new GenerateRequest(
        entries, 1, records, 20, 0, older, 7, Instant.parse("2026-11-01T00:00:00Z"), 1);
  }
}
