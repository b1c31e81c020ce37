package io.riffle.operations.record;

import static io.riffle.operations.record.GivenKey.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.operations.record.KeyTrace.Fate;
import io.riffle.operations.record.KeyTrace.Traced;
import io.riffle.operations.record.MergedImage.Field;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which delivery set a field, by the rule itself. */
class KeyTraceTest {
  private static final Map<Integer, Map<String, Object>> ONE_LINE = Map.of(1, Map.of());

  private final GivenKey claim = new GivenKey("CARRIER");
  private final GivenKey person = new GivenKey("BENEFICIARY");

  @Test
  void aPatchSetsItsColumnsAndTheFullRecordTheOthers() {
    claim
        .full(1, Map.of("CARR_NUM", "A"), ONE_LINE)
        .merge(2, Map.of("CARR_CLM_CNTL_NUM", "P"), Map.of(1, Map.of("LINE_NDC_CD", "L")));

    assertThat(fates(claim)).containsExactly(Fate.APPLIED, Fate.APPLIED);
    assertField(record(claim, "carr_num"), "A", 1, false);
    assertField(record(claim, "carr_clm_cntl_num"), "P", 2, false);
    assertField(field(claim, RowId.line(1), "line_ndc_cd"), "L", 2, false);
    assertField(field(claim, RowId.line(1), "line_num"), "1", 1, false);
  }

  @Test
  void aPatchThatWaitedIsFoundByItsOwnRecord() {
    claim.merge(2, Map.of("CARR_CLM_CNTL_NUM", "P"), Map.of()).full(1, Map.of(), ONE_LINE);

    assertThat(fates(claim)).containsExactly(Fate.PARKED, Fate.APPLIED);
    assertField(record(claim, "carr_clm_cntl_num"), "P", 2, false);
    assertThat(claim.trace().bringing(version(2)).orElseThrow().delivery().offset()).isZero();
  }

  @Test
  void whatANewerNarrowFullLeavesAloneIsInherited() {
    claim
        .full(1, Map.of("PRNCPAL_DGNS_CD", "D"), ONE_LINE)
        .merge(2, Map.of("CARR_CLM_CNTL_NUM", "P"), Map.of())
        .full(3, Map.of("CARR_NUM", "B"), ONE_LINE);

    assertField(record(claim, "carr_num"), "B", 3, false);
    assertField(record(claim, "carr_clm_cntl_num"), "P", 2, true);
    assertField(record(claim, "prncpal_dgns_cd"), "D", 1, true);
  }

  @Test
  void aFullThatHasTheColumnOverridesAnOlderPatch() {
    claim
        .merge(2, Map.of("CARR_CLM_CNTL_NUM", "P"), Map.of())
        .full(3, Map.of("CARR_CLM_CNTL_NUM", "F"), ONE_LINE);

    assertField(record(claim, "carr_clm_cntl_num"), "F", 3, false);
    assertThat(record(claim, "rfr_physn_npi").setBy()).as("no record had it").isEmpty();
  }

  @Test
  void olderAndRepeatedRecordsAreToldFromEachOther() {
    claim.full(3, Map.of(), ONE_LINE).full(2, Map.of(), ONE_LINE).again();

    assertThat(fates(claim)).containsExactly(Fate.APPLIED, Fate.OLDER, Fate.DUPLICATE);
    assertThat(claim.trace().bringing(version(2)).orElseThrow().delivery().redriven()).isFalse();
  }

  @Test
  void aDeleteEndsTheKeyAndWhatIsNewerBringsItBack() {
    claim.full(1, Map.of("CARR_NUM", "A"), ONE_LINE).delete(2);
    assertThat(StateImage.of(claim.trace(), claim.columns())).isEmpty();
    assertThat(claim.trace().state().marks().deleted()).contains(version(2));

    claim.merge(3, Map.of("CARR_CLM_CNTL_NUM", "P"), Map.of());
    assertThat(new WaitingFields(claim.columns()).of(claim.trace().state()))
        .containsExactly(
            new WaitingField(Optional.empty(), "carr_clm_cntl_num", Optional.of("P"), version(3)));

    claim.full(4, Map.of("CARR_NUM", "C"), ONE_LINE);
    assertField(record(claim, "carr_num"), "C", 4, false);
    assertField(record(claim, "carr_clm_cntl_num"), "P", 3, true);
  }

  @Test
  void aLineThatANewerFullDropsIsGoneAndItsPatchWaits() {
    claim
        .full(1, Map.of(), Map.of(1, Map.of(), 2, Map.of()))
        .merge(2, Map.of(), Map.of(2, Map.of("LINE_NDC_CD", "L")))
        .full(3, Map.of(), ONE_LINE);

    assertThat(claim.image().rows()).containsKey(RowId.line(1)).doesNotContainKey(RowId.line(2));
    assertThat(new WaitingFields(claim.columns()).of(claim.trace().state()))
        .containsExactly(
            new WaitingField(Optional.of(2), "line_ndc_cd", Optional.of("L"), version(2)));
  }

  @Test
  void whatMergeProcessorRejectedIsNoPartOfTheSet() {
    claim.full(1, Map.of("CARR_NUM", "A"), ONE_LINE).full(2, Map.of("CARR_NUM", "B"), ONE_LINE);

    KeyTrace trace =
        KeyTrace.of(claim.columns(), claim.deliveries(), delivery -> delivery.offset() == 1);

    assertThat(trace.deliveries())
        .extracting(Traced::fate)
        .containsExactly(Fate.APPLIED, Fate.REJECTED);
    assertThat(StateImage.of(trace, claim.columns()).orElseThrow().field(RowId.RECORD, "carr_num"))
        .hasValueSatisfying(field -> assertField(field, "A", 1, false));
  }

  @Test
  void eachYearOfAPersonHasItsOwnSetters() {
    person
        .full(1, year(2020), Map.of(2020, Map.of("FIPS_STATE_CNTY_JAN_CD", "A")))
        .full(3, year(2021), Map.of(2021, Map.of("FIPS_STATE_CNTY_JAN_CD", "B")))
        .merge(4, Map.of(), Map.of(2020, Map.of("FIPS_STATE_CNTY_FEB_CD", "C")));

    String column = "fips_state_cnty_code";
    assertField(field(person, RowId.month("2020-01-01"), column), "A", 1, false);
    assertField(field(person, RowId.month("2020-02-01"), column), "C", 4, false);
    assertField(field(person, RowId.month("2021-01-01"), column), "B", 3, false);
    assertField(record(person, "fips_state_cnty_jan_cd"), "B", 3, false);
    assertThat(record(person, "fips_state_cnty_feb_cd").setBy()).isEmpty();
    assertThat(person.image().rows()).doesNotContainKey(RowId.month("2021-02-01"));
  }

  @Test
  void aLateOlderYearIsAppliedAndThePersonsOwnRowStays() {
    person
        .full(3, year(2021), Map.of(2021, Map.of("FIPS_STATE_CNTY_JAN_CD", "B")))
        .full(1, year(2020), Map.of(2020, Map.of("FIPS_STATE_CNTY_JAN_CD", "A")));

    assertThat(fates(person)).containsExactly(Fate.APPLIED, Fate.APPLIED);
    assertField(record(person, "rfrnc_yr"), "2021", 3, false);
    assertField(field(person, RowId.month("2020-01-01"), "fips_state_cnty_code"), "A", 1, false);
  }

  @Test
  void aFormerIdentityNamesTheRecordThatShowedItLast() {
    person
        .full(1, Map.of("BENE_SEX_IDENT_CD", "1"), Map.of())
        .full(2, Map.of("BENE_SEX_IDENT_CD", "2"), Map.of())
        .history(5, Map.of("BENE_SEX_IDENT_CD", "0"));

    assertField(
        field(person, RowId.history(version(1).text()), "bene_sex_ident_cd"), "1", 1, false);
    assertField(
        field(person, RowId.history(version(5).text()), "bene_sex_ident_cd"), "0", 5, false);
  }

  private static Map<String, Object> year(int year) {
    return Map.of("RFRNC_YR", GivenKey.decimal(year));
  }

  private static List<Fate> fates(GivenKey key) {
    return key.trace().deliveries().stream().map(Traced::fate).toList();
  }

  private static Field record(GivenKey key, String column) {
    return field(key, RowId.RECORD, column);
  }

  private static Field field(GivenKey key, RowId row, String column) {
    return key.image().field(row, column).orElseThrow();
  }

  private static void assertField(Field field, String value, int day, boolean inherited) {
    assertThat(field.value()).contains(value);
    assertThat(field.setBy()).contains(version(day));
    assertThat(field.isInherited()).as("inherited").isEqualTo(inherited);
  }
}
