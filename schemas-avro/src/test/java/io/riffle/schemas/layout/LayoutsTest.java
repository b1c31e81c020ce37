package io.riffle.schemas.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.schemas.ddl.SqlTypes;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutsTest {

  private final Layouts layouts = Layouts.load();

  @Test
  void carrierHasHeaderAndLineColumnsInHeaderOrder() {
    Layout carrier = layouts.get("CARRIER");

    assertThat(carrier.columns()).hasSize(100);
    assertThat(carrier.headerColumns()).hasSize(54);
    assertThat(carrier.lineColumns()).hasSize(45);
    assertThat(carrier.key().name()).isEqualTo("CLM_ID");
    assertThat(carrier.lineKey()).map(Column::name).hasValue("LINE_NUM");
    assertThat(carrier.person()).map(Column::name).hasValue("BENE_ID");
  }

  @Test
  void pdeHasNoLines() {
    Layout pde = layouts.get("PDE");

    assertThat(pde.columns()).hasSize(41);
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

    assertThat(claims.columns()).hasSize(columns);
    assertThat(claims.key().name()).isEqualTo("CLM_ID");
    assertThat(claims.lineKey()).map(Column::name).hasValue(lineKey);
    assertThat(claims.person()).map(Column::name).hasValue("BENE_ID");
    assertThat(claims.headerTable()).isEqualTo(claims.topicPart() + "_claims");
    assertThat(claims.lineTable()).hasValue(claims.topicPart() + "_claim_lines");
  }

  @Test
  void aPersonHasYearsOfMonthsAndAHistory() {
    Layout persons = layouts.get("BENEFICIARY");

    assertThat(persons.fileColumns()).hasSize(210);
    assertThat(persons.tableColumns()).hasSize(211);
    assertThat(persons.lines()).isEqualTo(Lines.YEARS);
    assertThat(persons.lineKey()).map(Column::name).hasValue("RFRNC_YR");
    assertThat(persons.lineColumns()).hasSize(1 + 12 * 13);
    assertThat(persons.headerColumns()).hasSize(211 - 12 * 13);
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

    assertThat(history.fileColumns()).hasSize(21);
    assertThat(history.headerColumns()).hasSize(9);
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
  void namesAnUnknownKeyInALayoutFile() {
    String yaml =
        "type: X\ntables: {header: x}\ncolumns:\n  - {name: A, kind: long, nullable: true}\n";

    assertThatThrownBy(
            () -> Layouts.parse(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))))
        .hasMessage("A: unknown nullable");
  }
}
