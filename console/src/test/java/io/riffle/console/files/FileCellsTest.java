package io.riffle.console.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.console.runbook.Runbook;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class FileCellsTest {
  @Test
  void theRunbookTellsOfEachState() {
    assertThat(Runbook.anchors())
        .containsAll(
            FilesPage.STATES.stream()
                .filter(state -> !state.isEmpty())
                .map(state -> state.toLowerCase(Locale.ROOT))
                .toList());
  }
}
