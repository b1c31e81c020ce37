package io.riffle.producer.rif;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile files: planner and reader see the same rows and records, however the bytes are cut. */
class PlannerAgreesWithReaderTest {

  private static final int FILES_PER_SEED = 400;

  private static final String[] PIECES = {
    "|",
    "|",
    "|",
    "\n",
    "\n",
    "\"",
    "\"",
    "\"\"",
    "\r\n",
    "\r",
    "\\",
    "\\|",
    "7",
    "7",
    "8",
    "07",
    " ",
    "a",
    "-",
    "1.5",
    "\0",
    "\u00c3\u00a9",
    "\u00ff",
    "\n7|1|x|y\n7|2|x|y\n",
    "\n8|1|x|y\n8|3|\"x\"|y\n8|1|x|y\n",
    "\n7|2|\"x\"|y\n",
    "\nINSERT|7|20200101|1|x|\nUPDATE|7|20200101|1|\"x\"|1\nDELETE|7||||\n",
    "\n\n",
    "|\"",
    "\"|",
    "\"\n",
    "long long long long long long long long text",
    "\n\"",
    "x\"|\"y\n"
  };

  /** A file's type and its first line. */
  private record Head(String type, boolean merge, String columns) {}

  private static final List<Head> HEADS =
      List.of(
          new Head("CARRIER", true, "CLM_ID|LINE_NUM|TAX_NUM|HCPCS_CD"),
          new Head("CARRIER", true, "TAX_NUM|CLM_ID|HCPCS_CD|LINE_NUM"),
          new Head("CARRIER", true, "CLM_ID"),
          new Head("CARRIER", true, "CLM_ID|CARR_NUM"),
          new Head("BENEFICIARY", true, "BENE_ID|RFRNC_YR|MBI_NUM|FIPS_STATE_CNTY_JAN_CD"),
          new Head("BENEFICIARY", true, "BENE_ID|MBI_NUM"),
          new Head(
              "BENEFICIARY_HISTORY",
              false,
              "DML_IND|BENE_ID|BENE_BIRTH_DT|BENE_SEX_IDENT_CD|BENE_CRNT_HIC_NUM|BENE_ZIP_CD"));

  /** What the files of each seed must bring forth, lest the test says nothing. */
  private static final List<String> EVERY_KIND =
      List.of(
          "accepted CARRIER",
          "accepted BENEFICIARY",
          "accepted BENEFICIARY_HISTORY",
          "UNKNOWN_ACTION",
          "TOO_FEW_FIELDS",
          "TOO_MANY_FIELDS",
          "KEY_MISSING",
          "NOT_A_NUMBER",
          "BAD_ENCODING",
          "STRAY_CARRIAGE_RETURN",
          "UNCLOSED_QUOTE",
          "ROW_TOO_LONG",
          "RECORD_TOO_LARGE",
          "LINE_REPEATED");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverTheFile(long seed) {
    Random random = new Random(seed);
    Set<String> kinds = new HashSet<>();
    for (int i = 0; i < FILES_PER_SEED; i++) {
      Head head = HEADS.get(random.nextInt(HEADS.size()));
      check(head, random, "seed " + seed + ", file " + i, kinds);
    }
    assertThat(kinds).as("seed " + seed).containsAll(EVERY_KIND);
  }

  private static TestFile file(Head head, Random random) {
    StringBuilder text = new StringBuilder(head.columns());
    text.append(random.nextInt(8) == 0 ? "\r\n" : "\n");
    int pieces = random.nextInt(1 + random.nextInt(400));
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
    int header = head.columns().length() + 4; // the window must hold the header row
    int row = random.nextBoolean() ? header + random.nextInt(200) : 1 << 20;
    int record = random.nextInt(4) == 0 ? 20 : 60 + random.nextInt(2000);
    ReadLimits limits =
        new ReadLimits(row, record, 1 + random.nextInt(300), 1 + random.nextInt(500));
    return new TestFile(TestFile.LAYOUTS.get(head.type()), head.merge(), bytes, limits);
  }

  private static void check(Head head, Random random, String name, Set<String> kinds) {
    TestFile file = file(head, random);
    SplitLimits limits =
        new SplitLimits(1 + random.nextInt(300), 1 + random.nextInt(10), 1 + random.nextInt(20));
    FilePlan plan = (FilePlan) file.plan(UnknownColumns.REJECT, limits);
    assertThat(file.planInPieces(UnknownColumns.REJECT, limits, random)).as(name).isEqualTo(plan);
    Outcomes bySplit = readSplits(file, plan, limits, name);
    bySplit.all.forEach(outcome -> kinds.add(kind(head, outcome)));
    SplitLimits all = new SplitLimits(1 << 30, 1 << 30, 1 << 30);
    FilePlan whole = (FilePlan) file.plan(UnknownColumns.REJECT, all);
    assertThat(bySplit.summaries())
        .as(name)
        .isEqualTo(readSplits(file, whole, all, name).summaries());
    assertThat(whole.rows()).as(name).isEqualTo(plan.rows());
  }

  private static Outcomes readSplits(
      TestFile file, FilePlan plan, SplitLimits limits, String name) {
    Outcomes outcomes = new Outcomes(plan.schema());
    SplitReader reader = file.reader(plan);
    long start = -1;
    for (PlannedSplit split : plan.splits()) {
      assertThat(split.start()).as(name).isEqualTo(start < 0 ? split.start() : start);
      SplitTotals totals = file.read(reader, split, outcomes);
      assertThat(totals.allRecords()).as(name).isEqualTo(split.records());
      assertThat(totals.allRows()).as(name).isEqualTo(split.rows());
      assertThat(isWithin(split, limits)).as(name).isTrue();
      start = split.end();
    }
    assertNumbered(outcomes, name);
    assertThat(rawBytes(outcomes)).as(name).isLessThanOrEqualTo(file.length());
    return outcomes;
  }

  private static String kind(Head head, Outcome outcome) {
    return outcome instanceof Outcome.Rejected rejected
        ? rejected.reason().name()
        : "accepted " + head.type();
  }

  private static boolean isWithin(PlannedSplit split, SplitLimits limits) {
    return split.records() == 1
        || (split.rows() <= limits.rows() && split.end() - split.start() <= limits.bytes());
  }

  private static long rawBytes(Outcomes outcomes) {
    return outcomes.all.stream()
        .filter(Outcome.Rejected.class::isInstance)
        .mapToLong(outcome -> ((Outcome.Rejected) outcome).raw().length())
        .sum();
  }

  private static void assertNumbered(Outcomes outcomes, String name) {
    List<Long> expected = new ArrayList<>();
    for (long number = 1; number <= outcomes.all.size(); number++) {
      expected.add(number);
    }
    assertThat(outcomes.all.stream().map(Outcome::number).toList()).as(name).isEqualTo(expected);
  }
}
