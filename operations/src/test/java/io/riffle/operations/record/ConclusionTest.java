package io.riffle.operations.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.operations.record.Conclusion.Verdict;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an answer comes to, and why. */
class ConclusionTest {
  private static final Map<Integer, Map<String, Object>> ONE_LINE = Map.of(1, Map.of());

  private final GivenKey claim = new GivenKey("CARRIER").full(1, Map.of(), ONE_LINE);
  private final GivenAnswer given = new GivenAnswer(claim).written();

  @Test
  void aTableAsDelivered() {
    assertThat(verdict()).isEqualTo(Verdict.AGREES);
    assertThat(Verdict.AGREES.isOk()).isTrue();
  }

  @Test
  void whatIsLeftOfTheRecordsCanOnlyAgreeAsFarAsItIsSeen() {
    claim.full(2, Map.of(), ONE_LINE);
    given.written().seenFrom(1);
    assertThat(verdict()).isEqualTo(Verdict.AGREES_AS_FAR_AS_SEEN);

    given.seenFrom(2);
    assertThat(verdict()).as("nothing at all is seen").isEqualTo(Verdict.AGREES_AS_FAR_AS_SEEN);
    assertThat(given.answer().fields()).allSatisfy(f -> assertThat(f.written()).isPresent());
  }

  @Test
  void somebodyElseChangedTheTable() {
    given.changed("carr_num", "X").lag(1, 1);
    assertThat(verdict()).isEqualTo(Verdict.CHANGED);
    assertThat(Verdict.CHANGED.isOk()).isFalse();
    assertThat(text()).contains("1 fields", "offset 17").doesNotContain("X");
  }

  @Test
  void recordsOnTheirWayAreNamedWithTheLag() {
    claim.merge(2, Map.of("CARR_CLM_CNTL_NUM", "P"), Map.of());
    given.lag(1, 0);
    assertThat(verdict()).isEqualTo(Verdict.BEHIND);
    assertThat(text()).contains("1 of its records not merged", "4 offsets behind");

    given.lag(0, 2);
    assertThat(text()).contains("2 merged ones not written", "sink is 7 offsets behind");
  }

  @Test
  void aDeleteOnItsWayIsBehindToo() {
    claim.delete(2);
    given.lag(0, 1);
    assertThat(verdict()).isEqualTo(Verdict.BEHIND);
  }

  @Test
  void aRefusalOfTheSinkIsNamedUntilItIsSettled() {
    claim.merge(2, Map.of("CARR_CLM_CNTL_NUM", "P"), Map.of());
    given.rejected(reject("OPEN"));
    assertThat(verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(text()).contains("reject 5 (CHECK_VIOLATION)");

    given.rejected(reject("REDRIVEN"));
    assertThat(verdict()).isEqualTo(Verdict.DIFFERS);
  }

  @Test
  void aRowThatSomebodyDeletedIsMissing() {
    assertThat(Conclusion.of(new GivenAnswer(claim).answer()).verdict()).isEqualTo(Verdict.MISSING);
  }

  @Test
  void aDeletedKeyHasNoRow() {
    claim.delete(2);
    given.deleted(2);
    assertThat(verdict()).isEqualTo(Verdict.DELETED);

    claim.full(3, Map.of(), ONE_LINE);
    assertThat(verdict()).as("newer than the delete").isEqualTo(Verdict.MISSING);
  }

  @Test
  void whatWaitsForItsKeyHasNoRow() {
    GivenKey parked = new GivenKey("CARRIER").merge(2, Map.of("CARR_CLM_CNTL_NUM", "P"), Map.of());
    assertThat(Conclusion.of(new GivenAnswer(parked).answer()).verdict()).isEqualTo(Verdict.WAITS);
  }

  private Verdict verdict() {
    return Conclusion.of(given.answer()).verdict();
  }

  private String text() {
    return Conclusion.of(given.answer()).text();
  }

  private static KeyReject reject(String status) {
    return new KeyReject(
        5,
        "SINK",
        "CHECK_VIOLATION",
        status,
        Optional.of(2L),
        1,
        1,
        2,
        "main.merged.carrier",
        3,
        9);
  }
}
