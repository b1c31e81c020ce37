package io.riffle.bench.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.infra.generate.GeneratedFile;
import io.riffle.schemas.layout.Layouts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TypeTablesTest {

  private static final Layouts LAYOUTS = Layouts.load();

  @Test
  void claimsFillTheirTableAndThatOfTheirLines() {
    TypeTables carrier = of("CARRIER");

    assertThat(carrier.filled()).containsExactly("carrier_claims", "carrier_claim_lines");
    assertThat(carrier.emptied()).isEqualTo(carrier.filled());
    assertThat(carrier.fileOrder("carrier_claims")).isEqualTo("clm_id DESC");
    assertThat(carrier.fileOrder("carrier_claim_lines")).isEqualTo("clm_id DESC, line_num");
    assertThat(carrier.rows(List.of(file(10, 30, 0, 0), file(5, 15, 0, 0))))
        .isEqualTo(Map.of("carrier_claims", 15L, "carrier_claim_lines", 45L));
  }

  @Test
  void personsTakeTheirHistoryAndAuditWithThem() {
    TypeTables persons = of("BENEFICIARY");

    assertThat(persons.filled()).containsExactly("beneficiaries", "beneficiary_monthly");
    assertThat(persons.emptied())
        .containsExactly(
            "beneficiaries",
            "beneficiary_monthly",
            "beneficiary_monthly_audit",
            "beneficiaries_history");
    assertThat(persons.fileOrder("beneficiary_monthly")).isEqualTo("bene_id DESC, year_month");
    assertThat(persons.rows(List.of(file(4, 4, 48, 0))))
        .isEqualTo(Map.of("beneficiaries", 4L, "beneficiary_monthly", 48L));
  }

  @Test
  void formerIdentitiesNeedThePersonsTablesEmptyToo() {
    TypeTables history = of("BENEFICIARY_HISTORY");

    assertThat(history.filled()).containsExactly("beneficiaries_history");
    assertThat(history.emptied()).hasSize(4);
    assertThat(history.fileOrder("beneficiaries_history")).isEqualTo("bene_id DESC, riffle_record");
    assertThat(history.rows(List.of(file(7, 7, 0, 6))))
        .isEqualTo(Map.of("beneficiaries_history", 6L));
  }

  private static TypeTables of(String type) {
    return new TypeTables(LAYOUTS, LAYOUTS.get(type));
  }

  private static GeneratedFile file(long records, long rows, long months, long identities) {
    return new GeneratedFile("any", "any", records, rows, months, identities);
  }
}
