package io.riffle.producer.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.producer.ledger.FileState;
import io.riffle.producer.ledger.LedgerFile;
import io.riffle.producer.scan.Readiness.Verdict;
import io.riffle.schemas.control.Version;
import io.riffle.schemas.layout.Layouts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ReadinessTest {

  private static final Instant NOW = Instant.parse("2024-03-01T00:00:00Z");

  /** A build that loads two types only. */
  private static final Layouts LAYOUTS =
      Layouts.of(List.of(Layouts.load().get("CARRIER"), Layouts.load().get("PDE")));

  private final Readiness readiness = new Readiness(LAYOUTS, Duration.ofDays(60));

  @Test
  void namesWhatIsMissingOfTypesThatAreWanted() {
    LedgerFile here = file("here.csv", "PDE", NOW, 1, false);
    LedgerFile gone = file("gone.csv", "CARRIER", NOW, 1, false);
    LedgerFile unwanted = file("unwanted.csv", "SNF", NOW, 1, false);

    List<String> missing =
        readiness.missing(List.of(here, gone, unwanted), Set.of("folder/here.csv"));

    assertThat(missing).containsExactly("gone.csv");
    assertThat(readiness.verdict(here, missing, NOW))
        .isEqualTo(Verdict.of(FileState.WAITING, "gone.csv is missing"));
    assertThat(readiness.verdict(unwanted, missing, NOW))
        .isEqualTo(Verdict.of(FileState.SKIPPED, "unwanted.csv: no layout for SNF"));
  }

  @Test
  void shortensALongListOfMissingNames() {
    List<String> missing = List.of("a", "b", "c", "d", "e", "f", "g");

    Verdict verdict = readiness.verdict(file("a", "PDE", NOW, 1, false), missing, NOW);

    assertThat(verdict.detail()).contains("a, b, c, d, e and 2 more are missing");
  }

  @Test
  void keepsToTheWindow() {
    Instant edge = NOW.minus(Duration.ofDays(60));

    assertThat(state(NOW, 1, false)).isEqualTo(FileState.DISCOVERED);
    assertThat(state(NOW.plusNanos(1), 1, false)).isEqualTo(FileState.FUTURE);
    assertThat(state(NOW.plusNanos(1), 1, true)).isEqualTo(FileState.FUTURE);
    assertThat(state(edge, 1, false)).isEqualTo(FileState.DISCOVERED);
    assertThat(state(edge.minusNanos(1), 1, false)).isEqualTo(FileState.TOO_OLD);
  }

  @Test
  void loadsOldFilesThatSomebodyWants() {
    assertThat(state(Instant.EPOCH, 1, true)).isEqualTo(FileState.DISCOVERED);
    assertThat(state(Instant.EPOCH, 2, false)).isEqualTo(FileState.DISCOVERED);
  }

  private FileState state(Instant instant, int attempt, boolean requested) {
    return readiness
        .verdict(file("a.csv", "PDE", instant, attempt, requested), List.of(), NOW)
        .state();
  }

  private static LedgerFile file(
      String name, String type, Instant instant, int attempt, boolean requested) {
    return new LedgerFile(
        1,
        1,
        "folder/0_manifest.xml",
        new Version(Version.nanos(instant), 0, 0, 0, 1),
        name,
        type,
        false,
        "folder/" + name,
        FileState.DISCOVERED,
        Optional.empty(),
        attempt,
        requested);
  }
}
