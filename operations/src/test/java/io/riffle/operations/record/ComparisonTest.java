package io.riffle.operations.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.operations.record.FieldAnswer.Standing;
import io.riffle.operations.record.MergedImage.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the table has, against what was written and what was delivered. */
class ComparisonTest {
  private static final Map<Integer, Map<String, Object>> ONE_LINE = Map.of(1, Map.of());

  private final GivenKey claim = new GivenKey("CARRIER").full(1, Map.of("CARR_NUM", "A"), ONE_LINE);
  private final MergedImage written = claim.image();

  @Test
  void aTableAsWrittenAgrees() {
    assertThat(standings(table(written), written, true)).containsOnly(Standing.AGREES);
  }

  @Test
  void decimalsAreComparedAsNumbers() {
    var table = table(written);
    table.get(RowId.RECORD).put("clm_pmt_amt", Optional.of("0.000"));

    assertThat(standings(table, written, true)).containsOnly(Standing.AGREES);
  }

  @Test
  void aFieldThatSomebodyChangedIsNamed() {
    var table = table(written);
    table.get(RowId.RECORD).put("carr_num", Optional.of("X"));

    assertThat(compare(table, written, false))
        .filteredOn(field -> field.standing() != Standing.AGREES)
        .singleElement()
        .satisfies(
            field -> {
              assertThat(field.column()).isEqualTo("carr_num");
              assertThat(field.standing()).isEqualTo(Standing.CHANGED);
              assertThat(field.setBy()).contains(GivenKey.version(1));
            });
  }

  @Test
  void aLineThatSomebodyDeletedIsNamed() {
    var table = table(written);
    table.remove(RowId.line(1));

    assertThat(compare(table, written, true))
        .filteredOn(field -> field.row().equals(RowId.line(1)))
        .isNotEmpty()
        .allSatisfy(field -> assertThat(field.standing()).isEqualTo(Standing.CHANGED))
        .allSatisfy(field -> assertThat(field.inTable()).isFalse());
  }

  @Test
  void whatANewerRecordSetIsBehind() {
    claim.merge(2, Map.of("CARR_CLM_CNTL_NUM", "P"), Map.of());

    assertThat(compare(table(written), claim.image(), true))
        .filteredOn(field -> field.standing() != Standing.AGREES)
        .singleElement()
        .satisfies(field -> assertThat(field.standing()).isEqualTo(Standing.BEHIND))
        .satisfies(field -> assertThat(field.setBy()).as("of the table's null").isEmpty());
  }

  @Test
  void aLineThatANewerFullHasDroppedIsBehind() {
    GivenKey two = new GivenKey("CARRIER").full(1, Map.of(), Map.of(1, Map.of(), 2, Map.of()));
    MergedImage before = two.image();
    two.full(2, Map.of(), ONE_LINE);

    assertThat(
            new Comparison(table(before), Optional.of(before), Optional.of(two.image()), true)
                .fields())
        .filteredOn(field -> field.row().equals(RowId.line(2)))
        .isNotEmpty()
        .allSatisfy(field -> assertThat(field.standing()).isEqualTo(Standing.BEHIND));
  }

  /** The records that set them have left the topic. */
  @Test
  void whatCannotBeSeenIsNoDifference() {
    GivenKey all =
        new GivenKey("CARRIER")
            .merge(2, Map.of("CARR_CLM_CNTL_NUM", "P"), Map.of())
            .full(3, Map.of(), ONE_LINE);
    GivenKey rest = new GivenKey("CARRIER").full(3, Map.of(), ONE_LINE);
    MergedImage wrote = all.image();

    assertThat(
            new Comparison(table(wrote), Optional.of(wrote), Optional.of(rest.image()), false)
                .fields())
        .extracting(FieldAnswer::standing)
        .containsOnly(Standing.AGREES);
    assertThat(
            new Comparison(table(wrote), Optional.of(wrote), Optional.of(rest.image()), true)
                .fields())
        .filteredOn(field -> field.standing() == Standing.DIFFERS)
        .extracting(FieldAnswer::column)
        .containsExactly("carr_clm_cntl_num");
  }

  @Test
  void withoutTheMergedRecordTheDeliveriesTell() {
    var fields =
        new Comparison(table(written), Optional.empty(), Optional.of(written), true).fields();
    assertThat(fields).extracting(FieldAnswer::standing).containsOnly(Standing.AGREES);
    assertThat(fields.get(0).setBy()).contains(GivenKey.version(1));

    assertThat(new Comparison(table(written), Optional.empty(), Optional.empty(), false).fields())
        .extracting(FieldAnswer::standing)
        .containsOnly(Standing.UNSEEN);
  }

  private List<Standing> standings(
      SortedMap<RowId, Map<String, Optional<String>>> table,
      MergedImage delivered,
      boolean complete) {
    return compare(table, delivered, complete).stream().map(FieldAnswer::standing).toList();
  }

  private List<FieldAnswer> compare(
      SortedMap<RowId, Map<String, Optional<String>>> table,
      MergedImage delivered,
      boolean complete) {
    return new Comparison(table, Optional.of(written), Optional.of(delivered), complete).fields();
  }

  /** The tables as the sink would leave them. */
  private static SortedMap<RowId, Map<String, Optional<String>>> table(MergedImage image) {
    SortedMap<RowId, Map<String, Optional<String>>> rows = new TreeMap<>();
    image
        .rows()
        .forEach(
            (row, fields) -> {
              Map<String, Optional<String>> values = new LinkedHashMap<>();
              fields.forEach((column, field) -> values.put(column, value(field)));
              rows.put(row, values);
            });
    return rows;
  }

  private static Optional<String> value(Field field) {
    return field.value();
  }
}
