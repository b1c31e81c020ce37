package io.riffle.operations.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** For which files {@code riffle load} goes on waiting. */
class FileStatusTest {

  @ParameterizedTest
  @ValueSource(strings = {"DISCOVERED", "PLANNED", "LOADING"})
  void theLoaderIsAtIt(String state) {
    assertThat(status(state, Optional.empty()).moving()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"WAITING", "FUTURE", "TOO_OLD", "REJECTED", "COMPLETED"})
  void somebodyElseIsNeededOrItIsOver(String state) {
    assertThat(status(state, Optional.empty()).moving()).isFalse();
  }

  @Test
  void aSetThatWaitsForItsPreValidationGoesOnByItself() {
    assertThat(status("WAITING", Optional.of("PRE_VALIDATION")).moving()).isTrue();
    assertThat(status("REJECTED", Optional.of("PRE_VALIDATION")).moving()).isFalse();
  }

  private static FileStatus status(String state, Optional<String> reason) {
    return new FileStatus(
        "1_manifest.xml",
        Optional.of("a.csv"),
        Optional.of("PDE"),
        state,
        reason,
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}
