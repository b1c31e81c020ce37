package io.riffle.sink;

import static io.riffle.sink.SinkFixture.PERSON;
import static io.riffle.sink.SinkFixture.PERSON_0;
import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.layout.Column;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of a person: the row, the months of its years, its former identities. */
@ExtendWith(PostgresExtension.class)
class PersonRowsTest {
  private static final String MONTHS =
      "SELECT bene_id, year_month::text, hmo_indicator_ind FROM ccw.beneficiary_monthly"
          + " ORDER BY bene_id, year_month";
  private static final String SHOWN =
      "SELECT bene_id, rfrnc_yr, hmo_1_ind, hmo_2_ind FROM ccw.beneficiaries ORDER BY 1";

  private final TestPostgres server;
  private SinkFixture sink;

  PersonRowsTest(TestPostgres server) {
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

  @Test
  void everyTableArrivesAsItWasSent() {
    sink.putPerson(
        1,
        new PersonRecord(-10_000_010_254_618L)
            .ofYear(2021)
            .with("bene_birth_dt", -1)
            .with("bene_sex_ident_cd", "2")
            .with("bene_crnt_hic_num", "h".repeat(64))
            .with("hicn_unhashed", "543217066U")
            .with("mbi_num", "3456789")
            .with("mbi_hash", "m".repeat(64))
            .with("age", Encoder.decimal(101))
            .with("bene_link_key", Encoder.decimal(-1))
            .with("ptd_cvrg_end_dt", 20_000)
            .year(2021, Map.of("hmo_1_ind", "A"))
            .former(
                "2024-01-19T16:16:38Z/0/1/0/17",
                Map.of(
                    "bene_birth_dt", 0,
                    "bene_sex_ident_cd", "1",
                    "bene_crnt_hic_num", "",
                    "mbi_num", "OLD",
                    "efctv_end_dt", 20_000)));

    sink.worker().open(PERSON_0).drain();

    assertThat(
            sink.row(
                "SELECT bene_id, bene_birth_dt, bene_sex_ident_cd, length(bene_crnt_hic_num),"
                    + " hicn_unhashed, mbi_num, mbi_hash = repeat('m', 64), age, bene_link_key,"
                    + " rfrnc_yr, ptd_cvrg_end_dt, death_dt, riffle_generation, riffle_offset,"
                    + " riffle_lines_hash <> 0, last_updated IS NOT NULL FROM ccw.beneficiaries"))
        .isEqualTo(
            "-10000010254618|1969-12-31|2|64|543217066U|3456789|t|101|-1|2021|2024-10-04|null"
                + "|0|0|t|t");
    assertThat(
            sink.row(
                    "SELECT h.*, h.last_updated = b.last_updated AS same FROM"
                        + " ccw.beneficiaries_history h JOIN ccw.beneficiaries b USING (bene_id)")
                .replaceFirst("\\|20..-[^|]*\\|2024-01", "|now|2024-01"))
        .isEqualTo(
            "1|-10000010254618|1970-01-01|1||null|OLD|null|null|2024-10-04"
                + "|now|2024-01-19T16:16:38Z/0/1/0/17|t");
    assertThat(sink.rows(MONTHS)).containsExactly("-10000010254618|2021-01-01|A");
  }

  @Test
  void everyColumnOfAMonthGoesToItsPlace() {
    Map<String, Object> months = new HashMap<>();
    List<String> expected = new ArrayList<>();
    for (int month = 0; month < 12; month++) {
      int table = 0;
      StringBuilder row = new StringBuilder("2020-").append(month < 9 ? "0" : "").append(month + 1);
      row.append("-01");
      for (List<Column> columns : PERSON.months().values()) {
        String value = Character.toString('A' + (month + 5 * table++) % 26);
        months.put(columns.get(month).sqlName(), value);
        row.append('|').append(value);
      }
      expected.add(row.toString());
    }
    sink.putPerson(1, new PersonRecord(7).ofYear(2020).year(2020, months));

    sink.worker().open(PERSON_0).drain();

    String names = String.join(", ", PERSON.months().keySet());
    assertThat(months).hasSize(156);
    assertThat(
            sink.rows("SELECT year_month, " + names + " FROM ccw.beneficiary_monthly ORDER BY 1"))
        .isEqualTo(expected);
    List<String> columns = List.copyOf(months.keySet());
    assertThat(sink.row("SELECT " + String.join(", ", columns) + " FROM ccw.beneficiaries"))
        .isEqualTo(String.join("|", columns.stream().map(c -> (String) months.get(c)).toList()));
  }

  @Test
  void thePersonShowsTheMonthsOfItsOwnYearAndEveryYearHasItsRows() {
    sink.putPerson(
        1,
        new PersonRecord(1)
            .ofYear(2020)
            .year(2021, Map.of("hmo_1_ind", "A", "hmo_2_ind", "B"))
            .year(2020, Map.of("hmo_1_ind", "C"))
            .year(2019, Map.of("hmo_12_ind", "D")));
    sink.putPerson(1, new PersonRecord(2).ofYear(2020).year(2021, Map.of("hmo_1_ind", "E")));
    sink.putPerson(1, new PersonRecord(3).ofYear(2020));

    sink.worker().open(PERSON_0).drain();

    assertThat(sink.rows(SHOWN))
        .containsExactly("1|2020|C|null", "2|2020|null|null", "3|2020|null|null");
    assertThat(sink.rows(MONTHS))
        .containsExactly(
            "1|2019-12-01|D",
            "1|2020-01-01|C",
            "1|2021-01-01|A",
            "1|2021-02-01|B",
            "2|2021-01-01|E");
  }

  @Test
  void withoutAYearThereAreNoRowsOfMonthsButThePersonShowsThem() {
    sink.putPerson(1, new PersonRecord(1).noYear(Map.of("hmo_1_ind", "A")));
    sink.putPerson(
        1,
        new PersonRecord(2).noYear(Map.of("hmo_1_ind", "A")).year(2020, Map.of("hmo_1_ind", "B")));
    sink.putPerson(
        1,
        new PersonRecord(3)
            .ofYear(2020)
            .noYear(Map.of("hmo_1_ind", "A"))
            .year(2020, Map.of("hmo_1_ind", "B")));
    sink.putPerson(1, new PersonRecord(4).year(2020, Map.of("hmo_1_ind", "B")));

    sink.worker().open(PERSON_0).drain();

    assertThat(sink.rows(SHOWN))
        .containsExactly("1|null|A|null", "2|null|A|null", "3|2020|B|null", "4|null|null|null");
    assertThat(sink.rows(MONTHS))
        .containsExactly("2|2020-01-01|B", "3|2020-01-01|B", "4|2020-01-01|B");
  }

  @Test
  void yearsAreCountedAsPostgresDoesFromZeroTo9999() {
    PersonRecord person = new PersonRecord(1).ofYear(0);
    for (long year : new long[] {0, 3, 4, 1582, 1900, 2000, 9999}) {
      person.year(year, Map.of("hmo_3_ind", "A"));
    }
    sink.putPerson(1, person);

    sink.worker().open(PERSON_0).drain();

    assertThat(sink.rows("SELECT rfrnc_yr, hmo_3_ind FROM ccw.beneficiaries"))
        .containsExactly("0|A");
    assertThat(sink.rows(MONTHS))
        .containsExactly(
            "1|0001-03-01 BC|A",
            "1|0003-03-01|A",
            "1|0004-03-01|A",
            "1|1582-03-01|A",
            "1|1900-03-01|A",
            "1|2000-03-01|A",
            "1|9999-03-01|A");
  }

  @Test
  void aMonthWithoutAnyValueHasNoRow() {
    sink.putPerson(
        1,
        new PersonRecord(1)
            .ofYear(2020)
            .year(2020, Map.of("rds_jan_ind", "Y", "meta_dual_elgbl_stus_mar_cd", "01"))
            .year(2021, Map.of()));

    sink.worker().open(PERSON_0).drain();

    assertThat(sink.rows("SELECT year_month FROM ccw.beneficiary_monthly ORDER BY 1"))
        .containsExactly("2020-01-01", "2020-03-01");
  }

  @Test
  void writersOfAnOlderLayoutLeaveNullWhereTheyHadNoColumn() {
    Schema older =
        without(
            RecordSchemas.merged(PERSON),
            List.of("death_dt", "hmo_1_ind", "efctv_bgn_dt", "rfrnc_yr"));
    sink.putPerson(
        PERSON_0,
        1,
        new PersonRecord(1)
            .with("mbi_num", "M")
            .noYear(Map.of("hmo_2_ind", "B"))
            .former("r", Map.of("mbi_num", "OLD")),
        older);

    sink.worker().open(PERSON_0).drain();

    assertThat(sink.rows(SHOWN)).containsExactly("1|null|null|B");
    assertThat(sink.rows("SELECT mbi_num, efctv_bgn_dt FROM ccw.beneficiaries_history"))
        .containsExactly("OLD|null");
  }

  /** The schema without some fields, at any depth. */
  private static Schema without(Schema schema, List<String> names) {
    if (schema.getType() == Schema.Type.ARRAY) {
      return Schema.createArray(without(schema.getElementType(), names));
    } else if (schema.getType() != Schema.Type.RECORD) {
      return schema;
    }
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      if (!names.contains(field.name())) {
        boolean control = field.name().equals(RecordSchemas.MERGE);
        fields.add(
            new Schema.Field(field, control ? field.schema() : without(field.schema(), names)));
      }
    }
    return Schema.createRecord(schema.getName(), null, schema.getNamespace(), false, fields);
  }
}
