package io.riffle.producer.rif;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A split is one transaction: what is dear counts, not only bytes and rows. */
class SplitSizesTest {

  private static final SplitLimits FOUR_HASHES = new SplitLimits(1 << 30, 1 << 30, 4);

  @Test
  void aRowWithTwoNumbersTakesTwoHashes() {
    assertThat(rows("BENE_ID|MBI_NUM|BENE_CRNT_HIC_NUM", "1|a|b")).containsExactly(2L, 2L, 1L);
  }

  @Test
  void aRowWithOneNumberTakesOne() {
    assertThat(rows("BENE_ID|MBI_NUM", "1|a")).containsExactly(4L, 1L);
  }

  @Test
  void rowsWithoutNumbersAreNotCounted() {
    assertThat(rows("BENE_ID|BENE_BIRTH_DT", "1|2000-01-01")).containsExactly(5L);
  }

  @Test
  void aRowThatNeedsMoreThanThereAreIsASplit() {
    SplitLimits none = new SplitLimits(1 << 30, 1 << 30, 1);
    String text = "BENE_ID|MBI_NUM|BENE_CRNT_HIC_NUM\n" + "1|a|b\n".repeat(2);
    assertThat(rows(text, none)).containsExactly(1L, 1L);
  }

  private static List<Long> rows(String header, String row) {
    return rows(header + "\n" + (row + "\n").repeat(5), FOUR_HASHES);
  }

  private static List<Long> rows(String text, SplitLimits limits) {
    TestFile file = TestFile.of("BENEFICIARY", true, text);
    FilePlan plan = (FilePlan) file.plan(UnknownColumns.REJECT, limits);
    return plan.splits().stream().map(PlannedSplit::rows).toList();
  }
}
