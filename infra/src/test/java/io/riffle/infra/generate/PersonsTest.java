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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Persons over the years, as their files show them. */
class PersonsTest {

  private static final long PERSONS = 200;
  private static final List<String> IDENTITY =
      List.of("BENE_BIRTH_DT", "BENE_SEX_IDENT_CD", "BENE_CRNT_HIC_NUM", "MBI_NUM", "EFCTV_BGN_DT");

  private final Layouts layouts = Layouts.load();
  private final Layout layout = layouts.get("BENEFICIARY");
  @TempDir Path folder;

  @Test
  void everyYearHasAFileWithTheSamePersons() throws IOException {
    List<GeneratedFile> files = write(List.of("BENEFICIARY"), "2019-2021");

    assertThat(files)
        .extracting(GeneratedFile::name)
        .containsExactly(
            "beneficiary_2019_1.csv", "beneficiary_2020_1.csv", "beneficiary_2021_1.csv");
    assertThat(files).extracting(GeneratedFile::records).containsOnly(PERSONS);
    assertThat(column(files.get(0), "BENE_ID")).doesNotHaveDuplicates();
    assertThat(column(files.get(2), "BENE_ID")).isEqualTo(column(files.get(0), "BENE_ID"));
    assertThat(column(files.get(0), "DML_IND")).containsOnly("INSERT");
    assertThat(column(files.get(2), "DML_IND")).containsOnly("UPDATE");
    assertThat(column(files.get(2), "RFRNC_YR")).containsOnly("2021", "");
    assertThat(column(files.get(2), "BENE_SRNM_NAME"))
        .isEqualTo(column(files.get(0), "BENE_SRNM_NAME"));
  }

  @Test
  void aYearIsTheSameInAnyRangeOfYears() throws IOException {
    List<GeneratedFile> threeYears = write(List.of("BENEFICIARY"), "2019-2021");
    List<Map<String, String>> within = rows(threeYears.get(1));
    List<Map<String, String>> alone = rows(write(List.of("BENEFICIARY"), "2020").get(0));

    within.forEach(row -> row.remove("DML_IND"));
    alone.forEach(row -> row.remove("DML_IND"));
    assertThat(alone).isEqualTo(within);
  }

  @Test
  void claimsBelongToThePersons() throws IOException {
    List<GeneratedFile> files = write(List.of("BENEFICIARY", "BENEFICIARY_HISTORY", "PDE"), "2021");

    Set<String> persons = new HashSet<>(column(files.get(0), "BENE_ID"));
    assertThat(new HashSet<>(column(files.get(1), "BENE_ID"))).isEqualTo(persons);
    assertThat(new HashSet<>(column(files.get(2), "BENE_ID"))).isEqualTo(persons);
  }

  @Test
  void countsTheMonthsThatHaveAValue() throws IOException {
    for (GeneratedFile file : write(List.of("BENEFICIARY"), "2019-2021")) {
      assertThat(file.months()).isPositive().isEqualTo(months(file));
    }
  }

  @Test
  void someYearsAreNotSaidAndSomePersonsAreNotEnrolled() throws IOException {
    GeneratedFile file = write(List.of("BENEFICIARY"), "2021").get(0);

    assertThat(column(file, "RFRNC_YR")).contains("");
    assertThat(column(file, "A_MO_CNT")).contains("0", "12");
    assertThat(new HashSet<>(column(file, "A_MO_CNT"))).hasSizeGreaterThan(3);
  }

  @Test
  void countsTheIdentitiesThatWereFollowedByAnotherOne() throws IOException {
    List<GeneratedFile> files = write(List.of("BENEFICIARY"), "2017-2021");

    assertThat(files.get(0).formerIdentities()).isZero();
    for (int i = 1; i < files.size(); i++) {
      assertThat(files.get(i).formerIdentities())
          .isPositive()
          .isEqualTo(changes(files.get(i - 1), files.get(i)));
    }
  }

  @Test
  void everyPartOfAnIdentityChangesAtTimes() throws IOException {
    List<GeneratedFile> files = write(List.of("BENEFICIARY"), "2010-2021");

    for (String part : IDENTITY) {
      assertThat(column(files.get(0), part)).as(part).isNotEqualTo(column(files.get(11), part));
    }
  }

  @Test
  void historyHasSeveralRowsOfAPersonAndRowsTwice() throws IOException {
    GeneratedFile file = write(List.of("BENEFICIARY_HISTORY"), "2021").get(0);

    List<Map<String, String>> rows = rows(file);
    assertThat(file.records()).isEqualTo(rows.size()).isEqualTo(file.formerIdentities());
    assertThat(rows.size()).isGreaterThan((int) PERSONS);
    assertThat(new HashSet<>(rows).size()).isLessThan(rows.size());
  }

  @Test
  void mergeFilesSayTheirYear() throws IOException {
    List<GeneratedFile> files = write(List.of("BENEFICIARY_MERGE"), "2020-2021");

    assertThat(files).extracting(GeneratedFile::months).containsOnly(0L);
    assertThat(column(files.get(1), "RFRNC_YR")).containsOnly("2021");
    assertThat(rows(files.get(1)).get(0).keySet())
        .containsExactlyInAnyOrder(
            "BENE_ID",
            "RFRNC_YR",
            "CST_SHR_GRP_NOV_CD",
            "CST_SHR_GRP_DEC_CD",
            "PTD_CVRG_STRT_DT",
            "PTD_CVRG_END_DT");
  }

  @Test
  void yearsAreReadStrictly() {
    assertThat(Years.parse(" 2019-2021")).isEqualTo(new Years(2019, 2021));
    assertThat(Years.parse("2021")).isEqualTo(new Years(2021, 2021));
    for (String wrong : List.of("", "21", "2021-2019", "2019-", "2019,2020", "1899", "2101")) {
      assertThatThrownBy(() -> Years.parse(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private List<GeneratedFile> write(List<String> types, String years) throws IOException {
    List<Entry> entries = types.stream().map(type -> Entry.parse(layouts, type)).toList();
    Instant at = Instant.parse("2026-11-01T00:00:00Z");
    return new DataSetGenerator(
            new GenerateRequest(
                entries, 1, 400, 1, PERSONS, Years.parse(years), 0, false, 7, at, 1))
        .write(folder);
  }

  private long months(GeneratedFile file) throws IOException {
    long months = 0;
    for (Map<String, String> row : rows(file)) {
      for (int month = 0; month < 12 && !row.get("RFRNC_YR").isEmpty(); month++) {
        int m = month;
        boolean enrolled =
            layout.months().values().stream().anyMatch(c -> !row.get(c.get(m).name()).isEmpty());
        months += enrolled ? 1 : 0;
      }
    }
    return months;
  }

  private long changes(GeneratedFile before, GeneratedFile after) throws IOException {
    List<Map<String, String>> earlier = rows(before);
    List<Map<String, String>> later = rows(after);
    long changes = 0;
    for (int i = 0; i < later.size(); i++) {
      changes += identity(earlier.get(i)).equals(identity(later.get(i))) ? 0 : 1;
    }
    return changes;
  }

  private static List<String> identity(Map<String, String> row) {
    return IDENTITY.stream().map(row::get).toList();
  }

  private List<String> column(GeneratedFile file, String name) throws IOException {
    return rows(file).stream().map(row -> row.get(name)).collect(Collectors.toList());
  }

  private List<Map<String, String>> rows(GeneratedFile file) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve(file.name()));
    String[] names = lines.get(0).replace("\uFEFF", "").split("\\|", -1);
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split("\\|", -1);
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < names.length; i++) {
        row.put(names[i], fields[i]);
      }
      rows.add(row);
    }
    return rows;
  }
}
