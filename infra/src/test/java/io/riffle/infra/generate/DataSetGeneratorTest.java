package io.riffle.infra.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.infra.generate.GenerateRequest.Entry;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSetGeneratorTest {

  private static final List<String> EVERY_TYPE =
      List.of(
          "BENEFICIARY",
          "BENEFICIARY_MERGE",
          "BENEFICIARY_HISTORY",
          "CARRIER",
          "CARRIER_MERGE",
          "DME",
          "DME_MERGE",
          "HHA",
          "HHA_MERGE",
          "HOSPICE",
          "HOSPICE_MERGE",
          "INPATIENT",
          "INPATIENT_MERGE",
          "OUTPATIENT",
          "OUTPATIENT_MERGE",
          "PDE",
          "PDE_MERGE",
          "SNF",
          "SNF_MERGE");

  private final Layouts layouts = Layouts.load();
  @TempDir Path folder;

  @Test
  void sameSeedGivesTheSameBytes() throws IOException {
    new DataSetGenerator(request(EVERY_TYPE, 60, false)).write(folder.resolve("a"));
    new DataSetGenerator(request(EVERY_TYPE, 60, false)).write(folder.resolve("b"));

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
    List<GeneratedFile> files = new DataSetGenerator(request(EVERY_TYPE, 100, true)).write(folder);

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

  @Test
  void everyFieldIsWhatItsColumnTakes() throws IOException {
    List<GeneratedFile> files = new DataSetGenerator(request(EVERY_TYPE, 50, false)).write(folder);

    for (GeneratedFile file : files) {
      assertThat(wrongFields(file)).isEmpty();
    }
  }

  private List<String> wrongFields(GeneratedFile file) throws IOException {
    Layout layout = Entry.parse(layouts, file.type()).layout();
    List<String> names = List.of(header(file.name()));
    List<FieldRule> rules = names.stream().map(name -> new FieldRule(layout, name)).toList();
    List<String> wrong = new ArrayList<>();
    List<String> rows = Files.readAllLines(folder.resolve(file.name()));
    for (String row : rows.subList(1, rows.size())) {
      String[] fields = row.split("\\|", -1);
      for (int i = 0; i < fields.length; i++) {
        if (!rules.get(i).takes(fields[i])) {
          wrong.add(file.name() + ", " + names.get(i) + ": '" + fields[i] + "'");
        }
      }
    }
    return wrong;
  }

  @Test
  void aTypeWithoutMergeFormIsRefused() {
    assertThatThrownBy(() -> Entry.parse(layouts, "BENEFICIARY_HISTORY_MERGE"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("BENEFICIARY_HISTORY has no _MERGE form");
  }

  @Test
  void outpatientMergeBringsColumnsOfClaimAndLines() throws IOException {
    new DataSetGenerator(request(List.of("OUTPATIENT_MERGE"), 1, true)).write(folder);

    assertThat(header("outpatient_merge_1.csv"))
        .containsExactly(
            "CLM_ID",
            "FI_DOC_CLM_CNTL_NUM",
            "FI_ORIG_CLM_CNTL_NUM",
            "CLM_LINE_NUM",
            "RNDRNG_PHYSN_UPIN",
            "RNDRNG_PHYSN_NPI");
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
