package io.riffle.producer.rif;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
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
    return TestFile.inSmallWindows(TestFile.LAYOUTS.get(head.type()), head.merge(), bytes, random);
  }

  private static void check(Head head, Random random, String name, Set<String> kinds) {
    FilePromises promises = new FilePromises(file(head, random), UnknownColumns.REJECT, name);
    SplitLimits limits =
        new SplitLimits(1 + random.nextInt(300), 1 + random.nextInt(10), 1 + random.nextInt(20));
    FilePlan plan = (FilePlan) promises.plan(limits, random);
    promises.read(plan, limits).all.forEach(outcome -> kinds.add(kind(head, outcome)));
  }

  private static String kind(Head head, Outcome outcome) {
    return outcome instanceof Outcome.Rejected rejected
        ? rejected.reason().name()
        : "accepted " + head.type();
  }
}
