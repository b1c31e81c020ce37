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

/** Persons that are older, deleted, repeated or do not fit, with all their children. */
@ExtendWith(PostgresExtension.class)
class PersonVersionsTest {
  private static final String PERSONS = "SELECT bene_id, mbi_num FROM ccw.beneficiaries ORDER BY 1";
  private static final String MONTHS =
      "SELECT bene_id, hmo_indicator_ind FROM ccw.beneficiary_monthly ORDER BY 1, year_month";
  private static final String IDENTITIES =
      "SELECT bene_id, mbi_num FROM ccw.beneficiaries_history ORDER BY 1, riffle_record";
  private static final List<String> TABLES =
      List.of("beneficiaries", "beneficiary_monthly", "beneficiaries_history");

  private final TestPostgres server;
  private SinkFixture sink;

  PersonVersionsTest(TestPostgres server) {
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

  /** A person whose row, month and former identity have one value. */
  private static PersonRecord person(long key, String value) {
    return new PersonRecord(key)
        .with("mbi_num", value)
        .ofYear(2020)
        .year(2020, Map.of("hmo_1_ind", value))
        .former("r", Map.of("mbi_num", value));
  }

  private void drain() {
    sink.worker().open(PERSON_0).drain();
  }

  private void assertRows(String... rows) {
    assertThat(sink.rows(PERSONS)).containsExactly(rows);
    assertThat(sink.rows(MONTHS)).containsExactly(rows);
    assertThat(sink.rows(IDENTITIES)).containsExactly(rows);
  }

  @Test
  void anOlderRecordIsRefusedWithItsChildren() {
    sink.putPerson(1, person(1, "A"));
    drain();
    sink.postgres.execute("UPDATE ccw.beneficiaries SET riffle_generation = 1");
    List<String> before = physical();
    sink.putPerson(1, person(1, "B"));
    sink.putPerson(1, person(2, "C"));

    drain();

    assertRows("1|A", "2|C");
    assertThat(physical()).containsAll(before);
    assertThat(totals()).isEqualTo("2|1|0|3");
  }

  @Test
  void aDeleteTakesTheChildrenAndOnlyANewerPutBringsThemBack() {
    sink.putPerson(1, person(1, "A"));
    sink.putPerson(1, person(2, "A"));
    drain();
    sink.delete(PERSON_0, 1, 1);
    drain();
    assertRows("2|A");
    assertThat(sink.row("SELECT type, key, \"offset\" FROM riffle.deleted_keys"))
        .isEqualTo("BENEFICIARY|1|2");

    sink.postgres.execute("UPDATE riffle.sink_offsets SET next = 0");
    sink.worker().atOnce(1).open(PERSON_0).drain();
    assertRows("2|A");

    sink.putPerson(1, person(1, "B"));
    drain();
    assertRows("1|B", "2|A");
  }

  @Test
  void theNewestOfAPersonInABatchStandsForAll() {
    sink.putPerson(1, person(1, "A").year(2021, Map.of("hmo_1_ind", "X")));
    sink.putPerson(1, person(1, "B").former("s", Map.of("mbi_num", "X")));
    sink.putPerson(1, person(1, "C"));

    drain();

    assertRows("1|C");
    assertThat(sink.rows("SELECT * FROM ccw.beneficiary_monthly_audit")).isEmpty();
    assertThat(totals()).isEqualTo("3|0|0|3");
  }

  @Test
  void aReplayOfTheWholeTopicChangesNothing() {
    for (int i = 0; i < 120; i++) {
      String value = Character.toString('A' + i % 26);
      sink.putPerson(
          1,
          person(i % 30, value)
              .year(2000 + i % 7, Map.of("hmo_2_ind", value, "ptc_cntrct_feb_id", value)));
    }
    sink.delete(PERSON_0, 1, 3);
    sink.worker().atOnce(25).open(PERSON_0).drain();
    List<String> before = physical();
    String audit = sink.row("SELECT count(*), max(seq_id) FROM ccw.beneficiary_monthly_audit");

    sink.postgres.execute("UPDATE riffle.sink_offsets SET next = 0");
    sink.worker().atOnce(7).open(PERSON_0).drain();

    assertThat(physical()).isEqualTo(before).hasSize(29 + 29 * 2 + 29);
    assertThat(sink.row("SELECT count(*), max(seq_id) FROM ccw.beneficiary_monthly_audit"))
        .isEqualTo(audit);
    assertThat(totals()).isEqualTo("121|0|0|121");
  }

  @Test
  void onePersonThatDoesNotFitLeavesTheOthersOfItsBatch() {
    for (long key = 1; key <= 40; key++) {
      sink.putPerson(1, person(key, key == 23 ? "TOO LONG" : "A"));
    }

    drain();

    assertThat(sink.rows(PERSONS)).hasSize(39).doesNotContain("23|TOO LONG");
    assertThat(sink.rows(MONTHS)).hasSize(39);
    assertThat(sink.rows(IDENTITIES)).hasSize(39);
    assertThat(rejects()).containsExactly("BENEFICIARY|DATA_EXCEPTION|22");
    assertThat(totals()).isEqualTo("39|0|1|40");
  }

  @Test
  void personsThatContradictThemselvesAreRejected() {
    sink.putPerson(1, person(1, "A").year(2020, Map.of("hmo_2_ind", "B")));
    sink.putPerson(1, person(2, "A").former("r", Map.of("mbi_num", "B")));
    sink.putPerson(1, person(3, "A").year(-1, Map.of("hmo_2_ind", "B")));
    sink.putPerson(1, person(4, "A").year(10_000, Map.of("hmo_2_ind", "B")));
    sink.putPerson(1, person(5, "A").noYear(Map.of()).noYear(Map.of()));
    sink.putPerson(1, person(6, "A"));
    sink.putPerson(1, person(7, "A").ofYear(-2020));

    drain();

    assertRows("6|A");
    assertThat(rejects())
        .containsExactly(
            "BENEFICIARY|UNDECODABLE|0",
            "BENEFICIARY|REFUSED_BY_DATABASE|1",
            "BENEFICIARY|UNDECODABLE|2",
            "BENEFICIARY|UNDECODABLE|3",
            "BENEFICIARY|UNDECODABLE|4",
            "BENEFICIARY|UNDECODABLE|6");
  }

  @Test
  void theBatchesOfAFileNameThePersons() {
    sink.ledger(1, 2);
    sink.putPerson(1, person(-7, "A"));
    sink.putPerson(1, person(8, "A"));

    drain();

    assertThat(
            sink.rows(
                "SELECT beneficiaries, created = last_updated FROM ccw.loaded_batches,"
                    + " ccw.beneficiaries WHERE bene_id = 8"))
        .containsExactly("-7,8|t");
  }

  /** Where rows stand in storage: changes with every write. */
  private List<String> physical() {
    return TABLES.stream()
        .flatMap(
            table ->
                sink
                    .rows("SELECT '" + table + "', xmin, ctid FROM ccw." + table + " ORDER BY 3")
                    .stream())
        .toList();
  }

  private List<String> rejects() {
    return sink.rows("SELECT type, reason, \"offset\" FROM riffle.rejects ORDER BY \"offset\"");
  }

  private String totals() {
    return sink.row(
        "SELECT sum(applied), sum(older), sum(rejected), max(counted_to) FROM riffle.sink_totals");
  }
}
