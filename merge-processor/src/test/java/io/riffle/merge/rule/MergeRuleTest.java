package io.riffle.merge.rule;

import static io.riffle.merge.rule.Outcome.APPLIED;
import static io.riffle.merge.rule.Outcome.DUPLICATE;
import static io.riffle.merge.rule.Outcome.OLDER;
import static io.riffle.merge.rule.Outcome.PARKED;
import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.control.Version;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The fixed cases of the merge rule. Records are written as text: header fields, then lines as
 * {@code number:fields}; column 0 is required, column 1 optional, {@code -} is an absent column.
 */
class MergeRuleTest {
  private static final int REQUIRED = 0;
  private static final int OPTIONAL = 1;
  private static final long PATCH_FILE = 7;

  private final KeyState state = KeyState.empty(shape());

  @Test
  void firstFullRecordIsAppliedAndTheSameAgainIsADuplicate() {
    assertThat(full(1, "ab")).isEqualTo(APPLIED);
    assertThat(full(1, "ab")).isEqualTo(DUPLICATE);
    assertThat(header()).isEqualTo("ab");
  }

  @Test
  void olderFullRecordLosesWhateverTheOrder() {
    full(2, "cd", "1:ef");

    assertThat(full(1, "ab", "1:gh", "2:ij")).isEqualTo(OLDER);
    assertThat(header()).isEqualTo("cd");
    assertThat(lines()).containsExactly("1:ef");
  }

  @Test
  void equalValuesInANewerRecordAreAppliedAndMoveTheVersion() {
    full(1, "ab");

    assertThat(full(3, "ab")).isEqualTo(APPLIED);
    assertThat(full(2, "ab")).isEqualTo(OLDER);
    assertThat(patch(4, "a-")).isEqualTo(APPLIED);
    assertThat(patch(4, "a-")).isEqualTo(DUPLICATE);
  }

  @Test
  void lateOlderFullSuppliesOnlyTheOptionalColumnThatTheNewestLacks() {
    full(3, "c-", "1:e-");

    assertThat(full(1, "ab", "1:gh", "2:ij")).isEqualTo(APPLIED);
    assertThat(header()).isEqualTo("cb");
    assertThat(lines()).containsExactly("1:eh");
    assertThat(full(2, "d-", "1:x-")).isEqualTo(OLDER);
  }

  @Test
  void lateOlderFullWithALineThatIsGoneIsOlderNotParked() {
    full(3, "cd", "1:ef");

    assertThat(full(1, "ab", "2:ij")).isEqualTo(OLDER);
    assertThat(state.waiting()).isEmpty();
  }

  @Test
  void patchBeforeBetweenAndAfterFullRecordsOfDifferentLayouts() {
    assertThat(patch(1, "-p")).isEqualTo(PARKED);
    assertThat(full(2, "a-")).isEqualTo(APPLIED);
    assertThat(header()).isEqualTo("ap");

    assertThat(patch(3, "qq")).isEqualTo(APPLIED);
    assertThat(full(4, "b-")).isEqualTo(APPLIED);
    assertThat(header()).isEqualTo("bq");

    assertThat(full(5, "cd")).isEqualTo(APPLIED);
    assertThat(patch(6, "-r")).isEqualTo(APPLIED);
    assertThat(header()).isEqualTo("cr");
  }

  @Test
  void fullRecordClearsWhatWaitedForTheKey() {
    patch(2, "p-", "1:-q");
    assertThat(waiting()).containsExactly("header 0 p", "line 1 1 q");

    full(1, "ab", "1:cd");

    assertThat(state.waiting()).isEmpty();
    assertThat(header()).isEqualTo("pb");
    assertThat(lines()).containsExactly("1:cq");
  }

  @Test
  void patchOfAnExistingAndAnAbsentLineIsAppliedAndWaits() {
    full(1, "ab", "1:cd");

    assertThat(patch(2, "--", "1:x-", "2:y-")).isEqualTo(APPLIED);
    assertThat(waiting()).containsExactly("line 2 0 y");
  }

  @Test
  void olderPatchOfAnExistingLineIsOlderAndOfAnAbsentLineParked() {
    full(3, "ab", "1:cd");

    assertThat(patch(1, "--", "1:x-")).isEqualTo(OLDER);
    assertThat(patch(2, "--", "2:x-")).isEqualTo(PARKED);
    assertThat(state.waiting()).as("a required column of an older patch is dead").isEmpty();
  }

  @Test
  void parkedPatchThatComesAgainIsParkedAgain() {
    assertThat(patch(1, "p-")).isEqualTo(PARKED);
    assertThat(patch(1, "p-")).isEqualTo(PARKED);
  }

  @Test
  void fullThatDropsALineMakesItsPatchesWaitAndALaterOneBringsThemBack() {
    full(1, "ab", "1:cd", "2:ef");
    patch(4, "--", "2:pq");

    full(2, "ab", "1:cd");
    assertThat(waiting()).containsExactly("line 2 0 p", "line 2 1 q");
    assertThat(lines()).containsExactly("1:cd");

    full(3, "ab", "2:gh");
    assertThat(waiting()).isEmpty();
    assertThat(lines()).containsExactly("2:pq");
  }

  @Test
  void lineBroughtBackByANarrowerLayoutInheritsTheOptionalField() {
    full(1, "ab", "2:ef");
    full(2, "ab");
    full(3, "ab", "2:g-");

    assertThat(lines()).containsExactly("2:gf");
  }

  @Test
  void olderValueAfterADeleteStaysAway() {
    full(1, "ab");
    assertThat(delete(3)).isEqualTo(APPLIED);

    assertThat(full(2, "cd")).isEqualTo(OLDER);
    assertThat(patch(2, "x-")).isEqualTo(DUPLICATE);
    assertThat(full(1, "ab")).isEqualTo(DUPLICATE);
    assertThat(delete(3)).isEqualTo(DUPLICATE);
    assertThat(state.exists()).isFalse();
    assertThat(state.waiting()).isEmpty();
  }

  @Test
  void patchNewerThanTheDeleteWaitsForAFullNewerThanTheDelete() {
    delete(2);

    assertThat(patch(3, "-p")).isEqualTo(PARKED);
    assertThat(patch(1, "-o")).isEqualTo(OLDER);
    assertThat(waiting()).containsExactly("header 1 p");
    assertThat(full(4, "a-")).isEqualTo(APPLIED);
    assertThat(header()).isEqualTo("ap");
  }

  @Test
  void lateDeleteForgetsWhatTheNewestFullInherited() {
    full(1, "ab", "1:cd");
    full(3, "e-", "1:f-");
    assertThat(header()).isEqualTo("eb");

    assertThat(delete(2)).isEqualTo(APPLIED);

    assertThat(header()).isEqualTo("e.");
    assertThat(lines()).containsExactly("1:f.");
    assertThat(full(1, "ab", "1:cd")).isEqualTo(DUPLICATE);
  }

  @Test
  void deleteOfAKeyThatNeverExistedIsKept() {
    assertThat(delete(2)).isEqualTo(APPLIED);
    assertThat(delete(1)).isEqualTo(OLDER);
    assertThat(full(1, "ab")).isEqualTo(DUPLICATE);
    assertThat(state.exists()).isFalse();
  }

  @Test
  void patchWithoutFieldsNeverWins() {
    full(1, "ab", "1:cd");

    assertThat(patch(2, "--", "1:--")).isEqualTo(OLDER);
    assertThat(patch(3, "--", "2:--")).isEqualTo(PARKED);
    assertThat(state.lines()).containsOnlyKeys(1);
  }

  @Test
  void fullWithoutLinesEndsThemAll() {
    full(1, "ab", "1:cd");
    full(2, "ab");

    assertThat(lines()).isEmpty();
  }

  private Outcome full(int version, String header, String... lines) {
    return MergeRule.apply(
        state, new RifRecord.Full(version(version), fields(header), byNumber(lines)));
  }

  private Outcome patch(int version, String header, String... lines) {
    return MergeRule.apply(
        state, new RifRecord.Patch(version(version), PATCH_FILE, fields(header), byNumber(lines)));
  }

  private Outcome delete(int version) {
    return MergeRule.apply(state, new RifRecord.Delete(version(version)));
  }

  private String header() {
    return text(state.header());
  }

  private List<String> lines() {
    return state.lines().entrySet().stream()
        .filter(line -> line.getValue().exists())
        .map(line -> line.getKey() + ":" + text(line.getValue().cells()))
        .toList();
  }

  private List<String> waiting() {
    return state.waiting().stream()
        .map(Waiting.Field.class::cast)
        .map(
            field ->
                field.line().map(number -> "line " + number).orElse("header")
                    + (" " + field.column() + " " + text(field.cell().value())))
        .toList();
  }

  private static String text(Cells cells) {
    return text(cells, REQUIRED) + text(cells, OPTIONAL);
  }

  private static String text(Cells cells, int column) {
    return cells.get(column).map(cell -> text(cell.value())).orElse(".");
  }

  private static String text(Slice value) {
    return new String(value.toBytes(), StandardCharsets.UTF_8);
  }

  private static Version version(int number) {
    return new Version(number, 0, 0, 0, 1);
  }

  private static NavigableMap<Integer, Fields> byNumber(String... lines) {
    NavigableMap<Integer, Fields> byNumber = new TreeMap<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      byNumber.put(Integer.valueOf(line.substring(0, colon)), fields(line.substring(colon + 1)));
    }
    return byNumber;
  }

  private static Fields fields(String text) {
    Slice[] values = new Slice[text.length()];
    for (int i = 0; i < values.length; i++) {
      byte[] value = text.substring(i, i + 1).getBytes(StandardCharsets.UTF_8);
      values[i] = value[0] == '-' ? null : Slice.of(value);
    }
    return Fields.of(values);
  }

  private static Shape shape() {
    BitSet required = new BitSet();
    required.set(REQUIRED);
    return new Shape(2, 2, required);
  }
}
