package io.riffle.merge.rule;

import static io.riffle.merge.rule.Outcome.APPLIED;
import static io.riffle.merge.rule.Outcome.DUPLICATE;
import static io.riffle.merge.rule.Outcome.OLDER;
import static io.riffle.merge.rule.Outcome.PARKED;
import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.control.Version;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The fixed cases of years and former identities. Header fields are written as three letters, of
 * which the first two make the identity and the third is shown with it; a year as {@code
 * number:months}, of two letters; {@code -} is an absent column, {@code .} null.
 */
class PersonRuleTest {
  private static final long FILE = 7;
  private static final int NO_YEAR = Integer.MIN_VALUE;

  private final KeyState state = KeyState.empty(shape());

  @Test
  void yearsAccumulateAndDoNotTouchEachOther() {
    assertThat(full(1, "abc", "2020:pq")).isEqualTo(APPLIED);
    assertThat(full(2, "abc", "2021:r-")).isEqualTo(APPLIED);

    assertThat(years()).containsExactly("2020:pq", "2021:r ");
  }

  @Test
  void yearHasItsOwnNewestFullRecord() {
    full(1, "abc", "2020:pq");
    full(4, "def", "2021:rs");
    assertThat(full(3, "ghi", "2020:tu")).as("older person, newer year").isEqualTo(APPLIED);
    assertThat(full(2, "ghi", "2020:vw")).isEqualTo(OLDER);

    assertThat(header()).isEqualTo("def");
    assertThat(years()).containsExactly("2020:tu", "2021:rs");
    assertThat(base(2020)).contains(version(3));
    assertThat(base(2021)).contains(version(4));
  }

  @Test
  void lateFullOfANewYearIsAppliedWithoutAField() {
    full(2, "abc", "2021:pq");

    assertThat(full(1, "abc", "2020:--")).isEqualTo(APPLIED);
    assertThat(years()).containsExactly("2020:  ", "2021:pq");
  }

  @Test
  void newestOfItsYearIsAppliedThoughPatchesAreNewer() {
    full(1, "abc", "2020:pq");
    full(5, "abc", "2021:pq");
    patch(4, "---", "2020:rs");

    assertThat(full(3, "abc", "2020:tu")).isEqualTo(APPLIED);
    assertThat(years()).containsExactly("2020:rs", "2021:pq");
    assertThat(full(2, "abc", "2020:tu")).isEqualTo(OLDER);
  }

  @Test
  void fullOfANarrowerLayoutLeavesTheMonthOfAnOlderOneOfTheSameYear() {
    full(1, "abc", "2020:pq");
    full(2, "abc", "2020:r-");

    assertThat(years()).containsExactly("2020:rq");
  }

  @Test
  void recordWithoutTheYearsColumnTouchesNoYear() {
    full(1, "abc", "2020:pq");

    assertThat(full(2, "def")).isEqualTo(APPLIED);
    assertThat(years()).containsExactly("2020:pq");
  }

  @Test
  void emptyYearIsAYearOfItsOwn() {
    full(1, "abc", NO_YEAR + ":pq");
    full(2, "abc", "2020:rs");

    assertThat(years()).containsExactly(NO_YEAR + ":pq", "2020:rs");
  }

  @Test
  void patchOfAYearThatNoFullBroughtIsAppliedWhereThePersonExists() {
    full(1, "abc", "2020:pq");

    assertThat(patch(2, "---", "2021:-x")).isEqualTo(APPLIED);
    assertThat(years()).containsExactly("2020:pq", "2021: x");
    assertThat(base(2021)).isEmpty();
    assertThat(state.waiting()).isEmpty();
    assertThat(full(3, "abc", "2021:y-")).isEqualTo(APPLIED);
    assertThat(years()).containsExactly("2020:pq", "2021:yx");
  }

  @Test
  void patchOfAYearWaitsForThePerson() {
    assertThat(patch(2, "---", "2021:-x")).isEqualTo(PARKED);
    assertThat(waiting()).containsExactly("line 2021 2 x");

    full(1, "abc", "2020:pq");

    assertThat(state.waiting()).isEmpty();
    assertThat(years()).containsExactly("2020:pq", "2021: x");
  }

  @Test
  void patchThatNamesAYearAndNothingElseMakesNone() {
    full(1, "abc", "2020:pq");

    assertThat(patch(2, "---", "2021:--")).isEqualTo(OLDER);
    assertThat(years()).containsExactly("2020:pq");
  }

  @Test
  void deleteEndsAllYearsThatNoNewerRecordHas() {
    full(1, "abc", "2020:pq");
    patch(4, "---", "2021:-x");
    full(5, "def", "2022:rs");

    assertThat(delete(3)).isEqualTo(APPLIED);
    assertThat(years()).containsExactly("2021: x", "2022:rs");
    assertThat(state.former()).isEmpty();
    assertThat(delete(6)).isEqualTo(APPLIED);
    assertThat(state.lines()).isEmpty();
    assertThat(state.identities().ofFulls()).isEmpty();
  }

  @Test
  void identityThatAnotherOneFollowsIsARowWithTheValuesOfItsLastRecord() {
    full(1, "abx");
    full(2, "aby");
    assertThat(state.former()).isEmpty();
    full(3, "cbz");
    full(4, "cbz");

    assertThat(former()).containsExactly("2:aby");
  }

  @Test
  void patchesMakeNoHistory() {
    full(1, "abc");
    patch(2, "xyz");
    full(3, "abc");

    assertThat(state.former()).isEmpty();
  }

  @Test
  void identityThatReturnsMakesARowOfEachChange() {
    full(1, "abc");
    full(2, "dbc");
    full(3, "abc");

    assertThat(former()).containsExactly("1:abc", "2:dbc");
  }

  @Test
  void lateRecordSplitsARun() {
    full(1, "abc");
    full(3, "abc");

    assertThat(full(2, "dbc")).as("no field won, but the history changed").isEqualTo(APPLIED);
    assertThat(former()).containsExactly("1:abc", "2:dbc");
    assertThat(full(2, "dbc")).isEqualTo(DUPLICATE);
  }

  @Test
  void lateRecordBecomesTheLastOfItsRun() {
    full(1, "abc");
    full(4, "dbc");
    assertThat(former()).containsExactly("1:abc");

    assertThat(full(3, "abe")).isEqualTo(APPLIED);
    assertThat(former()).containsExactly("3:abe");
    assertThat(full(2, "abf")).as("within the run").isEqualTo(OLDER);
  }

  @Test
  void lateDeleteJoinsRuns() {
    full(1, "abc");
    full(2, "dbc");
    full(4, "abc");

    delete(3);

    assertThat(state.former()).isEmpty();
  }

  @Test
  void columnThatALayoutLacksIsAsTheRecordBeforeHasIt() {
    full(2, "ab-");
    full(3, "a--");
    assertThat(state.former()).isEmpty();
    full(4, "c--");
    assertThat(former()).containsExactly("3:ab.");

    full(1, "axy");
    assertThat(former())
        .as("the late record tells the third column")
        .containsExactly("1:axy", "3:aby");
  }

  @Test
  void columnThatNoRecordSaidIsNull() {
    full(1, "a--");
    full(2, "a..");
    assertThat(state.former()).isEmpty();
    full(3, "ab-");

    assertThat(former()).containsExactly("2:a..");
  }

  @Test
  void formerIdentityOfAFileIsARowUnderItsOwnVersion() {
    full(1, "abc");
    full(4, "dbc");

    assertThat(history(2, "xy-")).isEqualTo(APPLIED);
    assertThat(history(3, "xy-"))
        .as("an exact duplicate row stays a second row")
        .isEqualTo(APPLIED);
    assertThat(history(3, "xy-")).isEqualTo(DUPLICATE);

    assertThat(former()).containsExactly("1:abc", "2:xy.", "3:xy.");
  }

  @Test
  void formerIdentityWaitsForThePerson() {
    assertThat(history(2, "xyz")).isEqualTo(PARKED);
    assertThat(history(2, "xyz")).isEqualTo(PARKED);
    assertThat(waiting()).containsExactly("row 7 2:xyz");

    full(1, "abc");

    assertThat(state.waiting()).isEmpty();
    assertThat(former()).containsExactly("2:xyz");
    assertThat(history(2, "xyz")).isEqualTo(DUPLICATE);
  }

  @Test
  void formerIdentityThatADeleteEndedStaysAway() {
    full(1, "abc");
    history(2, "xyz");
    history(4, "uvw");
    delete(3);

    assertThat(history(2, "xyz")).isEqualTo(DUPLICATE);
    assertThat(waiting()).as("the person is gone").containsExactly("row 7 4:uvw");
    assertThat(full(5, "abc")).isEqualTo(APPLIED);
    assertThat(former()).containsExactly("4:uvw");
    delete(6);
    assertThat(history(5, "opq")).isEqualTo(DUPLICATE);
    assertThat(state.identities().sent()).isEmpty();
  }

  private Outcome full(int version, String header, String... years) {
    return MergeRule.apply(
        state, new RifRecord.Full(version(version), fields(header), byNumber(years)));
  }

  private Outcome patch(int version, String header, String... years) {
    return MergeRule.apply(
        state, new RifRecord.Patch(version(version), FILE, fields(header), byNumber(years)));
  }

  private Outcome history(int version, String values) {
    return MergeRule.apply(
        state, new RifRecord.History(version(version), FILE, identity(fields(values))));
  }

  private Outcome delete(int version) {
    return MergeRule.apply(state, new RifRecord.Delete(version(version)));
  }

  private Optional<Version> base(int year) {
    return state.lines().get(year).base();
  }

  private String header() {
    return text(state.header(), 0) + text(state.header(), 1) + text(state.header(), 2);
  }

  private List<String> years() {
    return state.lines().entrySet().stream()
        .filter(line -> line.getValue().exists())
        .map(line -> line.getKey() + ":" + months(line.getValue().cells()))
        .toList();
  }

  private static String months(Cells cells) {
    return text(cells, 1) + text(cells, 2);
  }

  private List<String> former() {
    return state.former().stream().map(PersonRuleTest::text).toList();
  }

  private List<String> waiting() {
    return state.waiting().stream().map(PersonRuleTest::text).toList();
  }

  private static String text(Waiting waiting) {
    if (waiting instanceof Waiting.Row row) {
      return "row " + row.file() + " " + text(row.former());
    }
    Waiting.Field field = (Waiting.Field) waiting;
    return "line "
        + field.line().orElseThrow()
        + " "
        + field.column()
        + " "
        + text(field.cell().value());
  }

  private static String text(Former former) {
    StringBuilder values = new StringBuilder();
    former.identity().values().forEach(value -> values.append(text(value.orElseThrow())));
    return former.record().instant() + ":" + values;
  }

  private static String text(Cells cells, int column) {
    return cells.get(column).map(cell -> text(cell.value())).orElse(" ");
  }

  private static String text(Slice value) {
    return new String(value.toBytes(), StandardCharsets.UTF_8);
  }

  private static Version version(int number) {
    return new Version(number, 0, 0, 0, 1);
  }

  /** The column of the year is no field. */
  private static NavigableMap<Integer, Fields> byNumber(String... years) {
    NavigableMap<Integer, Fields> byNumber = new TreeMap<>();
    for (String year : years) {
      int colon = year.indexOf(':');
      byNumber.put(
          Integer.valueOf(year.substring(0, colon)), fields("-" + year.substring(colon + 1)));
    }
    return byNumber;
  }

  private static Fields fields(String text) {
    Slice[] values = new Slice[text.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = text.charAt(i) == '-' ? null : slice(text.substring(i, i + 1));
    }
    return Fields.of(values);
  }

  private static Slice slice(String text) {
    return Slice.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Identity identity(Fields fields) {
    return new Identity(IntStream.range(0, 3).mapToObj(fields::get).toList());
  }

  private static Shape shape() {
    Optional<Slice> none = Optional.of(slice("."));
    Identity unsaid = new Identity(List.of(Optional.empty(), none, none));
    return Shape.ofYears(3, 3, 0, Optional.of(new IdentityColumns(List.of(0, 1, 2), 2, unsaid)));
  }
}
