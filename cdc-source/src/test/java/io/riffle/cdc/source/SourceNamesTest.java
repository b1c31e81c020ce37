package io.riffle.cdc.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SourceNamesTest {
  private static final List<SourceNames> NEIGHBOURS =
      List.of(
          new SourceNames("main", "qvp"),
          new SourceNames("main", "qvp_2"),
          new SourceNames("main", "dev_qvp"),
          new SourceNames("main_dev", "qvp"),
          new SourceNames("main_1", "qvp"),
          new SourceNames("main_1_1", "qvp"),
          new SourceNames("main_", "qvp"),
          new SourceNames("qvp", "main"));

  @Test
  void twoSourcesShareNothing() {
    assertThat(NEIGHBOURS).extracting(SourceNames::publication).doesNotHaveDuplicates();
    assertThat(NEIGHBOURS).extracting(SourceNames::signals).doesNotHaveDuplicates();
    assertThat(NEIGHBOURS).extracting(SourceNames::heartbeat).doesNotHaveDuplicates();
    assertThat(NEIGHBOURS)
        .flatExtracting(names -> List.of(names.slot(1), names.slot(11)))
        .doesNotHaveDuplicates();
  }

  @Test
  void knowsItsOwnSlotsAmongThoseOfOthers() {
    for (SourceNames one : NEIGHBOURS) {
      for (SourceNames other : NEIGHBOURS) {
        assertThat(other.slot(11).matches(one.slots()))
            .describedAs("%s, seen from %s", other.slot(11), one)
            .isEqualTo(other.equals(one));
      }
    }
  }

  @Test
  void areShortEnoughForPostgres() {
    SourceNames longest = new SourceNames("s".repeat(30), "q".repeat(16));

    assertThat(longest.slot(999_999)).hasSizeLessThanOrEqualTo(63);
    assertThat(longest.heartbeat().table()).hasSizeLessThanOrEqualTo(63);
  }
}
