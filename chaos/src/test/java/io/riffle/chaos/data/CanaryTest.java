package io.riffle.chaos.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.infra.generate.GenerateRequest;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Layouts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands for health data fits its column, and is recognised. */
class CanaryTest {

  @ParameterizedTest
  @CsvSource({
    "PDE, PROD_SRVC_ID, 12345678901, Z#Q12345678901",
    "PDE, PLAN_CNTRCT_REC_ID, ABCDE, Z#QAB",
    "PDE, PTNT_PAY_AMT, 12.3, 867530.23",
    "PDE, SRVC_DT, 29-feb-2016, 29-feb-1908",
    "BENEFICIARY, BENE_CRNT_HIC_NUM, T123456789A, Z#Q3456789A",
    "BENEFICIARY, MBI_NUM, 1SABCDEFGHI, Z#Q1SABCDEF",
  })
  void isPlantedWhereItFits(String type, String column, String field, String planted) {
    assertThat(Canary.plant(column(type, column), field)).isEqualTo(planted);
    assertThat(Canary.in("WARN at " + planted + ", or so")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "PDE, SRVC_PRVDR_ID_QLFYR_CD, 01",
    "PDE, DAW_PROD_SLCTN_CD, X",
    "PDE, CMPND_CD, 2",
    "BENEFICIARY, COVSTART, 20150301",
  })
  void leavesWhatIsTooShort(String type, String column, String field) {
    assertThat(Canary.plant(column(type, column), field)).isEqualTo(field);
  }

  @Test
  void anEmptyFieldStaysEmpty() {
    assertThat(Canary.plant(column("BENEFICIARY", "MBI_NUM"), "")).isEmpty();
  }

  @Test
  void keysAreCanaries() {
    assertThat(Canary.in("key " + GenerateRequest.key(Canary.FIRST))).isTrue();
    assertThat(Canary.in("key " + GenerateRequest.key(Canary.FIRST + 9_998))).isTrue();
    assertThat(Canary.in("born 1908-02-29")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"offset 1908", "2026-11-21T19:08:01", "port 51908-51910", "8675309"})
  void whatLooksLikeItIsNone(String line) {
    assertThat(Canary.in(line)).isFalse();
  }

  private static Column column(String type, String name) {
    return Layouts.load().get(type).byName().get(name);
  }
}
