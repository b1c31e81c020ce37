package io.riffle.sink;

import static io.riffle.sink.SinkFixture.PERSON_0;
import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Months that come, change and go, and the log that a trigger keeps of changed ones. */
@ExtendWith(PostgresExtension.class)
class MonthsTest {
  /** Where rows stand in storage; xmax tells of locks. */
  private static final String PHYSICAL =
      "SELECT year_month, xmin, xmax, ctid FROM ccw.beneficiary_monthly ORDER BY bene_id, 1";

  private static final String MONTHS =
      "SELECT year_month, partc_contract_number_id, hmo_indicator_ind"
          + " FROM ccw.beneficiary_monthly ORDER BY 1";
  private static final String AUDIT =
      "SELECT bene_id, year_month, partc_contract_number_id, hmo_indicator_ind, operation,"
          + " update_ts IS NOT NULL, seq_id FROM ccw.beneficiary_monthly_audit ORDER BY seq_id";
  private static final Map<String, Object> TWO_MONTHS =
      Map.of("ptc_cntrct_jan_id", "H1", "hmo_1_ind", "A", "ptc_cntrct_feb_id", "H1");

  private final TestPostgres server;
  private SinkFixture sink;

  MonthsTest(TestPostgres server) {
    this.server = server;
  }

  @BeforeEach
  void create() {
    sink = new SinkFixture(server);
  }

  @AfterEach
  void close() {
    sink.close();
  }

  private void put(PersonRecord person) {
    sink.putPerson(1, person);
    sink.worker().open(PERSON_0).drain();
  }

  @Test
  void aMonthThatGoesIsDeletedAndTheOthersStayWhereTheyAre() {
    put(new PersonRecord(1).ofYear(2020).year(2020, TWO_MONTHS).year(2021, TWO_MONTHS));
    List<String> before = sink.rows(PHYSICAL);

    put(
        new PersonRecord(1)
            .ofYear(2020)
            .year(2020, Map.of("ptc_cntrct_jan_id", "H1", "hmo_1_ind", "A"))
            .year(2021, TWO_MONTHS));

    assertThat(sink.rows(PHYSICAL)).containsExactly(before.get(0), before.get(2), before.get(3));
    assertThat(sink.rows(AUDIT)).isEmpty();
  }

  @Test
  void aMonthThatChangesIsUpdatedAndItsOldRowLogged() {
    put(new PersonRecord(1).ofYear(2020).year(2020, TWO_MONTHS));
    put(new PersonRecord(2).ofYear(2020).year(2020, TWO_MONTHS));
    List<String> before = sink.rows(PHYSICAL);

    put(
        new PersonRecord(1)
            .ofYear(2020)
            .year(
                2020,
                Map.of("ptc_cntrct_jan_id", "H2", "ptc_cntrct_feb_id", "H1", "hmo_3_ind", "N")));

    assertThat(sink.rows(PHYSICAL))
        .hasSize(5)
        .contains(before.get(1), before.get(2), before.get(3));
    assertThat(sink.rows(MONTHS + ", bene_id"))
        .containsExactly(
            "2020-01-01|H2|null",
            "2020-01-01|H1|A",
            "2020-02-01|H1|null",
            "2020-02-01|H1|null",
            "2020-03-01|null|N");
    assertThat(sink.rows(AUDIT)).containsExactly("1|2020-01-01|H1|A|U|t|1");
  }

  @Test
  void equalMonthsOfARecordThatDiffersElsewhereAreNotTouched() {
    put(new PersonRecord(1).ofYear(2020).year(2020, TWO_MONTHS));
    List<String> before = sink.rows(PHYSICAL);

    put(
        new PersonRecord(1)
            .ofYear(2020)
            .with("mbi_num", "NEW")
            .year(2020, TWO_MONTHS)
            .former("r", Map.of()));

    assertThat(sink.rows(PHYSICAL)).isEqualTo(before);
    assertThat(sink.rows(AUDIT)).isEmpty();
    assertThat(sink.row("SELECT mbi_num FROM ccw.beneficiaries")).isEqualTo("NEW");
  }

  @Test
  void theRetireeSubsidyAloneIsWrittenButNotLogged() {
    put(new PersonRecord(1).ofYear(2020).year(2020, TWO_MONTHS));

    put(
        new PersonRecord(1)
            .ofYear(2020)
            .year(
                2020,
                Map.of(
                    "ptc_cntrct_jan_id", "H1",
                    "hmo_1_ind", "A",
                    "ptc_cntrct_feb_id", "H1",
                    "rds_jan_ind", "Y")));

    assertThat(
            sink.rows(
                "SELECT partd_retiree_drug_subsidy_ind FROM ccw.beneficiary_monthly"
                    + " ORDER BY year_month"))
        .containsExactly("Y", "null");
    assertThat(sink.rows(AUDIT)).isEmpty();
  }

  @Test
  void onlyMonthsInAContractAreLogged() {
    put(
        new PersonRecord(1)
            .ofYear(2020)
            .year(
                2020,
                Map.of(
                    "hmo_1_ind", "A",
                    "ptc_cntrct_feb_id", "0",
                    "ptd_cntrct_feb_id", "0",
                    "ptd_cntrct_mar_id", "S1")));

    put(
        new PersonRecord(1)
            .ofYear(2020)
            .year(
                2020,
                Map.of(
                    "hmo_1_ind", "B",
                    "ptc_cntrct_feb_id", "H1",
                    "ptd_cntrct_feb_id", "0",
                    "ptd_cntrct_mar_id", "0")));

    assertThat(sink.rows(AUDIT)).containsExactly("1|2020-03-01|null|null|U|t|1");
  }

  @Test
  void yearsComeAndStay() {
    put(new PersonRecord(1).ofYear(2020).year(2020, Map.of("hmo_1_ind", "A")));
    List<String> before = sink.rows(PHYSICAL);

    put(
        new PersonRecord(1)
            .ofYear(2021)
            .year(2021, Map.of("hmo_2_ind", "B"))
            .year(2020, Map.of("hmo_1_ind", "A")));

    assertThat(sink.rows(PHYSICAL)).hasSize(2).startsWith(before.get(0));
    assertThat(sink.rows("SELECT rfrnc_yr, hmo_1_ind, hmo_2_ind FROM ccw.beneficiaries"))
        .containsExactly("2021|null|B");
  }
}
