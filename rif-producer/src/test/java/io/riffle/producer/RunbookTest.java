package io.riffle.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.producer.ledger.FileState;
import io.riffle.producer.manifest.Refusal;
import io.riffle.producer.rif.FileProblem;
import io.riffle.schemas.control.RejectReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code docs/runbook.md} has a place for every state and every cause, and for no other. */
final class RunbookTest {
  private static final Pattern HEADING = Pattern.compile("(?m)^### ([A-Z_]+)$");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([A-Z_]+) \\|");
  private static String text;

  @BeforeAll
  static void read() throws IOException {
    text = Files.readString(Path.of("../docs/runbook.md"));
  }

  @Test
  void tellsOfEachStateOfAFile() {
    assertThat(found(HEADING, "## Files by state")).isEqualTo(names(FileState.values()).toList());
  }

  @Test
  void tellsOfEachReasonWhyAFileIsRejected() {
    assertThat(found(ROW, "## Why a file is rejected"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(names(Refusal.values()), names(FileProblem.Reason.values())).toList());
  }

  @Test
  void tellsOfEachCauseOfAReject() {
    assertThat(found(HEADING, "## Causes of rejects"))
        .isEqualTo(names(RejectReason.values()).toList());
  }

  private static List<String> found(Pattern pattern, String section) {
    String from = text.substring(text.indexOf("\n" + section + "\n") + 1);
    int end = from.indexOf("\n## ");
    String of = end < 0 ? from : from.substring(0, end);
    return pattern.matcher(of).results().map(match -> match.group(1)).toList();
  }

  private static Stream<String> names(Enum<?>[] constants) {
    return Arrays.stream(constants).map(Enum::name);
  }
}
