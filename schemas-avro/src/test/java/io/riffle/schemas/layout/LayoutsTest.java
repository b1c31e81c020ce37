package io.riffle.schemas.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.config.ConfigException;
import io.riffle.config.Settings;
import io.riffle.schemas.ddl.SqlTypes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutsTest {

  private static final String SMALL =
      """
      type: %s
      tables: {header: partd_events}
      columns:
        - {name: A, kind: long, required: true, empty: error, role: key}
      """;

  private final Layouts layouts = Layouts.load();

  @Test
  void carrierHasHeaderAndLineColumnsInHeaderOrder() {
    Layout carrier = layouts.get("CARRIER");

    assertThat(first(carrier.columns())).hasSize(100);
    assertThat(first(carrier.headerColumns())).hasSize(54);
    assertThat(first(carrier.lineColumns())).hasSize(45);
    assertThat(carrier.key().name()).isEqualTo("CLM_ID");
    assertThat(carrier.lineKey()).map(Column::name).hasValue("LINE_NUM");
    assertThat(carrier.person()).map(Column::name).hasValue("BENE_ID");
  }

  /** The columns of the first version: who adds one need not count. */
  private static List<Column> first(List<Column> columns) {
    return columns.stream().filter(column -> column.since() == 1).toList();
  }

  @Test
  void pdeHasNoLines() {
    Layout pde = layouts.get("PDE");

    assertThat(first(pde.columns())).hasSize(41);
    assertThat(pde.hasLines()).isFalse();
    assertThat(pde.lineColumns()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "CARRIER, 100, LINE_NUM",
    "DME, 95, LINE_NUM",
    "HHA, 132, CLM_LINE_NUM",
    "HOSPICE, 130, CLM_LINE_NUM",
    "INPATIENT, 275, CLM_LINE_NUM",
    "OUTPATIENT, 234, CLM_LINE_NUM",
    "SNF, 230, CLM_LINE_NUM"
  })
  void claimsHaveAllTheirColumns(String type, int columns, String lineKey) {
    Layout claims = layouts.get(type);

    assertThat(first(claims.columns())).hasSize(columns);
    assertThat(claims.key().name()).isEqualTo("CLM_ID");
    assertThat(claims.lineKey()).map(Column::name).hasValue(lineKey);
    assertThat(claims.person()).map(Column::name).hasValue("BENE_ID");
    assertThat(claims.headerTable()).isEqualTo(claims.topicPart() + "_claims");
    assertThat(claims.lineTable()).hasValue(claims.topicPart() + "_claim_lines");
  }

  @Test
  void aPersonHasYearsOfMonthsAndAHistory() {
    Layout persons = layouts.get("BENEFICIARY");

    assertThat(first(persons.fileColumns())).hasSize(210);
    assertThat(first(persons.tableColumns())).hasSize(211);
    assertThat(persons.lines()).isEqualTo(Lines.YEARS);
    assertThat(persons.lineKey()).map(Column::name).hasValue("RFRNC_YR");
    assertThat(persons.lineColumns()).hasSize(1 + 12 * 13);
    assertThat(first(persons.headerColumns())).hasSize(211 - 12 * 13);
    assertThat(persons.months()).hasSize(13).allSatisfy(LayoutsTest::isAYear);
    assertThat(persons.history().orElseThrow().columns()).hasSize(8);
  }

  private static void isAYear(String name, List<Column> columns) {
    assertThat(columns.stream().map(column -> column.month().orElseThrow().month()))
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    assertThat(columns.stream().map(SqlTypes::of).distinct()).hasSize(1);
  }

  @Test
  void formerIdentitiesJoinTheirPerson() {
    Layout history = layouts.get("BENEFICIARY_HISTORY");

    assertThat(first(history.fileColumns())).hasSize(21);
    assertThat(first(history.headerColumns())).hasSize(9);
    assertThat(history.joins()).hasValue("BENEFICIARY");
    assertThat(history.key().name()).isEqualTo("BENE_ID");
  }

  @Test
  void aDerivedColumnIsNoColumnOfTheHeader() {
    Layout persons = layouts.get("BENEFICIARY");

    assertThat(persons.byName()).containsKey("MBI_NUM").doesNotContainKey("MBI_HASH");
    assertThat(persons.headerColumns()).extracting(Column::sqlName).contains("mbi_num", "mbi_hash");
  }

  @Test
  void everyColumnHasAMeaning() {
    for (Layout layout : layouts.all()) {
      assertThat(layout.columns())
          .allSatisfy(c -> assertThat(c.description()).hasSizeGreaterThan(9));
    }
  }

  @Test
  void aFolderReplacesTheLayoutsOfItsTypes(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("PDE.yaml"), SMALL.formatted("PDE"));

    Layouts own = Layouts.from(Settings.of(Map.of("layouts.folder", folder.toString())));

    assertThat(own.get("PDE").columns()).extracting(Column::name).containsExactly("A");
    assertThat(own.all()).hasSameSizeAs(layouts.all());
    assertThat(own.get("CARRIER")).isEqualTo(layouts.get("CARRIER"));
  }

  @ParameterizedTest
  @CsvSource({
    "CARRIER.yaml, is the layout of PDE",
    "RX.yaml, this build has no type RX",
  })
  void namesAFileThatIsNoLayoutOfItsName(String name, String problem, @TempDir Path folder)
      throws IOException {
    Files.writeString(folder.resolve(name), SMALL.formatted("PDE"));
    Settings settings = Settings.of(Map.of("layouts.folder", folder.toString()));

    assertThatThrownBy(() -> settings.build(Layouts::from))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("layouts.folder")
        .hasMessageContaining(name + ": " + problem);
  }

  @Test
  void namesAnUnknownKeyInALayoutFile() {
    String yaml =
        "type: X\ntables: {header: x}\ncolumns:\n  - {name: A, kind: long, nullable: true}\n";

    assertThatThrownBy(
            () -> Layouts.parse(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))))
        .hasMessage("A: unknown nullable");
  }
}
