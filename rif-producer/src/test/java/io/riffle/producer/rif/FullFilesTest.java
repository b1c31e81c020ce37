package io.riffle.producer.rif;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.control.RejectReason;
import io.riffle.schemas.layout.Layout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** FULL files: deletes, many lines, limits of rows and records. */
class FullFilesTest {

  private static final Layout CARRIER = TestFile.LAYOUTS.get("CARRIER");
  private static final int MIB = 1 << 20;

  private static FullRow row() {
    return new FullRow(CARRIER);
  }

  private static List<String> read(String rows) {
    Outcomes outcomes = TestFile.of("CARRIER", false, FullRow.header(CARRIER) + rows).read();
    return outcomes.all.stream().map(FullFilesTest::shown).toList();
  }

  private static String shown(Outcome outcome) {
    return outcome instanceof Outcome.Accepted accepted
        ? accepted.line() + "x" + accepted.rows() + " key=" + accepted.key()
        : Shown.outcome(outcome);
  }

  @Test
  void deleteNeedsKeyAndActionOnly() {
    String rows =
        row().with("DML_IND", "DELETE").with("CLM_ID", "07").with("CLM_FROM_DT", "x").line()
            + row().with("DML_IND", "DELETE").with("CLM_ID", "x").line()
            + row().with("DML_IND", "delete").with("CLM_ID", "8").line();
    assertThat(read(rows))
        .containsExactly(
            "1@2x1 deleted key=7",
            "2@3x1 NOT_A_NUMBER CLM_ID at 3",
            "3@4x1 UNKNOWN_ACTION DML_IND at 4");
  }

  @Test
  void deleteOfSeveralRowsIsOneRecord() {
    String delete = row().with("DML_IND", "DELETE").with("LINE_NUM", "x").line();
    assertThat(read(delete + delete)).containsExactly("1@2x2 deleted key=1");
  }

  @Test
  void countOfManyLinesNeedsMoreThanOneByte() {
    for (int lines : new int[] {63, 64, 8192}) {
      StringBuilder rows = new StringBuilder();
      for (int line = 1; line <= lines; line++) {
        rows.append(row().with("LINE_NUM", Integer.toString(line)).line());
      }
      assertThat(read(rows.toString())).containsExactly("2x" + lines + " key=1");
    }
  }

  @Test
  void oneRowTooManyMakesTheRecordTooLarge() {
    String filler = "x".repeat(MIB / 4);
    StringBuilder rows = new StringBuilder();
    for (int line = 1; line <= 17; line++) {
      rows.append(row().with("LINE_NUM", Integer.toString(line)).line());
    }
    String wide = rows.toString().replace("\n", "|\n");
    assertThat(read(wide)).containsExactly("2x17 key=1");
    String large = "VERSION|" + FullRow.header(CARRIER);
    String text = large + (filler + "|" + row().line()).repeat(17);
    Outcomes outcomes = ignoringUnknown(text);
    assertThat(outcomes.all.stream().map(Shown::outcome))
        .containsExactly("1@2x17 RECORD_TOO_LARGE at 17");
    assertThat(((Outcome.Rejected) outcomes.all.get(0)).raw()).hasSize(MIB).startsWith("xxx");
  }

  private static Outcomes ignoringUnknown(String text) {
    TestFile file = TestFile.of("CARRIER", false, text);
    FilePlan plan = (FilePlan) file.plan(UnknownColumns.IGNORE, SplitLimits.DEFAULT);
    Outcomes outcomes = new Outcomes(plan.schema());
    SplitReader reader = file.reader(plan);
    plan.splits().forEach(split -> file.read(reader, split, outcomes));
    return outcomes;
  }

  @Test
  void rowOfMoreThanOneMebibyteIsRejectedAndReadingResumes() {
    String start = "INSERT|1|1|";
    String fits = start + "x".repeat(MIB - start.length() - 1) + "\n";
    String tooLong = start + "x".repeat(3 * MIB) + "\n";
    String good = row().with("CLM_ID", "2").line();
    List<String> read = read(tooLong + good + fits + good);
    assertThat(read)
        .containsExactly(
            "1@2x1 ROW_TOO_LONG at 2", "3x1 key=2", "3@4x1 TOO_FEW_FIELDS at 4", "5x1 key=2");
  }

  @Test
  void rowThatIsTooLongRejectsTheClaimItBelongsTo() {
    String long1 = row().line().replace("\n", "|" + "x".repeat(2 * MIB) + "\n");
    String second = row().with("LINE_NUM", "2").line();
    assertThat(read(second + long1 + second)).containsExactly("1@2x3 ROW_TOO_LONG at 3");
  }

  @Test
  void quoteThatNeverClosesCostsOneLine() {
    String open = row().with("CARR_NUM", "\"x").line();
    StringBuilder rest = new StringBuilder();
    for (int claim = 2; claim < 3000; claim++) {
      rest.append(row().with("CLM_ID", Integer.toString(claim)).line());
    }
    List<String> read = read(open + rest);
    assertThat(read).hasSize(2999).startsWith("1@2x1 UNCLOSED_QUOTE at 2", "3x1 key=2");
    assertThat(read.stream().filter(line -> line.contains(RejectReason.UNCLOSED_QUOTE.name())))
        .hasSize(1);
  }

  /** Each line opens a quote anew, whatever came before: the worst that quotes can do. */
  @Test
  void linesThatAllOpenQuotesDoNotTakeQuadraticTime() {
    String line = "a\"|\"b\n";
    String rows = line.repeat(MIB / 4 / line.length());
    Outcomes outcomes = TestFile.of("CARRIER", false, FullRow.header(CARRIER) + rows).read();
    assertThat(outcomes.all).hasSize(MIB / 4 / line.length());
    assertThat(outcomes.all).allMatch(Outcome.Rejected.class::isInstance);
  }

  @Test
  void hugeLineNeedsConstantMemory() throws IOException {
    HeaderPlan plan =
        HeaderPlan.ofChecked(
            CARRIER.columns().stream().map(column -> column.name()).toList(), CARRIER, false);
    Outcomes outcomes = new Outcomes(plan.schema());
    SplitPlace place = TestFile.place(new PlannedSplit(0, 0, 2, 1, 0, 0));
    SplitTotals totals =
        new SplitReader(plan, 0, TestFile.hashes())
            .read(new OneLongLine(256L * MIB), place, outcomes);
    assertThat(totals).isEqualTo(new SplitTotals(0, 0, 1, 1));
    assertThat(((Outcome.Rejected) outcomes.all.get(0)).raw()).hasSize(MIB);
  }

  /** A line without an end. */
  private static final class OneLongLine extends InputStream {

    private long left;

    OneLongLine(long length) {
      this.left = length;
    }

    @Override
    public int read() {
      return left-- > 0 ? 'x' : -1;
    }

    @Override
    public int read(byte[] into, int from, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = (int) Math.min(left, length);
      Arrays.fill(into, from, from + count, (byte) 'x');
      left -= count;
      return count;
    }
  }

  @Test
  void emptyStreamHasNoRecords() throws IOException {
    HeaderPlan plan = HeaderPlan.ofChecked(List.of("CLM_ID"), CARRIER, true);
    SplitPlace place = TestFile.place(new PlannedSplit(0, 0, 2, 1, 0, 0));
    SplitTotals totals =
        new SplitReader(plan, 0, TestFile.hashes())
            .read(new ByteArrayInputStream(new byte[0]), place, new Outcomes(plan.schema()));
    assertThat(totals.allRecords()).isZero();
  }
}
