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

/** Former identities: their rows keep number and instant for as long as they say the same. */
@ExtendWith(PostgresExtension.class)
class FormerIdentitiesTest {
  private static final String FIRST = "2024-01-19T16:16:38Z/0/1/0/17";
  private static final String SECOND = "2024-02-19T16:16:38Z/0/1/0/17";
  private static final String TWIN = "2024-02-19T16:16:38Z/0/1/0/18";
  private static final String ROWS =
      "SELECT bene_history_id, bene_id, mbi_num, riffle_record FROM ccw.beneficiaries_history"
          + " ORDER BY 1";

  /** Where rows stand in storage; xmax tells of locks. */
  private static final String PHYSICAL =
      "SELECT bene_history_id, last_updated, xmin, xmax, ctid FROM ccw.beneficiaries_history"
          + " ORDER BY 1";

  private final TestPostgres server;
  private SinkFixture sink;

  FormerIdentitiesTest(TestPostgres server) {
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

  private static Map<String, Object> mbi(String number) {
    return Map.of("mbi_num", number);
  }

  @Test
  void oneThatIsAddedLeavesTheOthersAsTheyAre() {
    put(new PersonRecord(1).former(FIRST, mbi("A")));
    List<String> before = sink.rows(PHYSICAL);

    put(new PersonRecord(1).former(FIRST, mbi("A")).former(SECOND, mbi("B")));

    assertThat(sink.rows(PHYSICAL)).hasSize(2).startsWith(before.get(0));
    assertThat(sink.rows(ROWS)).containsExactly("1|1|A|" + FIRST, "51|1|B|" + SECOND);
    assertThat(
            sink.row(
                "SELECT count(*) FROM ccw.beneficiaries_history h JOIN ccw.beneficiaries b"
                    + " USING (bene_id) WHERE h.last_updated = b.last_updated"))
        .isEqualTo("1");
  }

  @Test
  void oneThatALateRecordJoinedToItsNeighbourGoes() {
    put(new PersonRecord(1).former(FIRST, mbi("A")).former(SECOND, mbi("A")));
    List<String> before = sink.rows(PHYSICAL);

    put(new PersonRecord(1).former(SECOND, mbi("A")));

    assertThat(sink.rows(PHYSICAL)).containsExactly(before.get(1));
    assertThat(sink.rows(ROWS)).containsExactly("51|1|A|" + SECOND);
  }

  @Test
  void oneThatSaysSomethingElseKeepsItsNumberAndGetsANewInstant() {
    put(new PersonRecord(1).former(FIRST, mbi("A")).former(SECOND, mbi("B")));
    List<String> before = sink.rows(PHYSICAL);

    put(
        new PersonRecord(1)
            .former(FIRST, Map.of("mbi_num", "A", "efctv_end_dt", 19_000))
            .former(SECOND, mbi("B")));

    assertThat(sink.rows(PHYSICAL)).hasSize(2).endsWith(before.get(1));
    assertThat(
            sink.rows(
                "SELECT bene_history_id, h.efctv_end_dt, h.last_updated = b.last_updated"
                    + " FROM ccw.beneficiaries_history h JOIN ccw.beneficiaries b USING (bene_id)"
                    + " ORDER BY 1"))
        .containsExactly("1|2022-01-08|t", "51|null|f");
  }

  @Test
  void exactDuplicatesOfAFileAreTwoRowsAndTwoPersonsMayShareARecordsName() {
    put(new PersonRecord(1).former(SECOND, mbi("A")).former(TWIN, mbi("A")));
    put(new PersonRecord(2).former(SECOND, mbi("A")));

    assertThat(sink.rows(ROWS))
        .containsExactly("1|1|A|" + SECOND, "51|1|A|" + TWIN, "101|2|A|" + SECOND);
  }

  @Test
  void theyStayWhereOnlyThePersonOrAMonthChanges() {
    put(new PersonRecord(1).former(FIRST, mbi("A")));
    List<String> before = sink.rows(PHYSICAL);

    put(new PersonRecord(1).with("mbi_num", "NEW").former(FIRST, mbi("A")));
    put(new PersonRecord(1).year(2020, Map.of("hmo_1_ind", "A")).former(FIRST, mbi("A")));

    assertThat(sink.rows(PHYSICAL)).isEqualTo(before);
    assertThat(sink.rows("SELECT year_month FROM ccw.beneficiary_monthly")).hasSize(1);
  }
}
