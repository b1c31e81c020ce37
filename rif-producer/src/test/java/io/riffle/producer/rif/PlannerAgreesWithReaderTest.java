package io.riffle.producer.rif;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
    "\n7|1|x|y\n",
    "\n7|2|\"x\"|y\n",
    "\n\n",
    "|\"",
    "\"|",
    "\"\n",
    "long long long long long long long long text",
    "\n\"",
    "x\"|\"y\n"
  };

  private static final String[] HEADERS = {
    "CLM_ID|LINE_NUM|TAX_NUM|HCPCS_CD",
    "TAX_NUM|CLM_ID|HCPCS_CD|LINE_NUM",
    "CLM_ID",
    "CLM_ID|CARR_NUM"
  };

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverTheFile(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < FILES_PER_SEED; i++) {
      check(file(random), random, "seed " + seed + ", file " + i);
    }
  }

  private static TestFile file(Random random) {
    StringBuilder text = new StringBuilder(HEADERS[random.nextInt(HEADERS.length)]);
    text.append(random.nextInt(8) == 0 ? "\r\n" : "\n");
    int pieces = random.nextInt(1 + random.nextInt(400));
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
    int row = random.nextBoolean() ? 40 + random.nextInt(200) : 1 << 20;
    ReadLimits limits =
        new ReadLimits(
            row, 60 + random.nextInt(2000), 1 + random.nextInt(300), 1 + random.nextInt(500));
    return new TestFile(TestFile.LAYOUTS.get("CARRIER"), true, bytes, limits);
  }

  private static void check(TestFile file, Random random, String name) {
    SplitLimits limits = new SplitLimits(1 + random.nextInt(300), 1 + random.nextInt(10));
    FilePlan plan = (FilePlan) file.plan(UnknownColumns.REJECT, limits);
    assertThat(file.planInPieces(UnknownColumns.REJECT, limits, random)).as(name).isEqualTo(plan);
    List<String> bySplit = readSplits(file, plan, limits, name);
    SplitLimits all = new SplitLimits(1 << 30, 1 << 30);
    FilePlan whole = (FilePlan) file.plan(UnknownColumns.REJECT, all);
    assertThat(bySplit).as(name).isEqualTo(readSplits(file, whole, all, name));
    assertThat(whole.lines()).as(name).isEqualTo(plan.lines());
  }

  private static List<String> readSplits(
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
    return outcomes.summaries();
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
