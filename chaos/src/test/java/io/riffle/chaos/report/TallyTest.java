package io.riffle.chaos.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.chaos.check.Finding;
import io.riffle.chaos.check.Finding.Kind;
import io.riffle.chaos.scenario.FaultKind;
import io.riffle.chaos.scenario.Round;
import io.riffle.chaos.scenario.Strike;
import io.riffle.chaos.stack.Recovery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Numbers and words of a report. */
class TallyTest {

  private final Tally tally = new Tally(42, 10);

  @Test
  void aRunThatKeptAllPromises() {
    strike();
    strike();
    round();
    ChaosReport report =
        tally.report(List.of(new Recovery("kafka", Duration.ofMillis(4321))), Map.of());

    JsonNode json = new ObjectMapper().valueToTree(report);
    assertThat(json.path("seed").asLong()).isEqualTo(42);
    assertThat(json.path("minutes").asLong()).isEqualTo(10);
    assertThat(json.path("rounds").asInt()).isEqualTo(1);
    assertThat(json.path("faults").path("kill kafka").asInt()).isEqualTo(2);
    for (String none : List.of("lost", "doubled", "different", "regressed", "leakedValues")) {
      assertThat(json.path(none).isIntegralNumber()).as(none).isTrue();
      assertThat(json.path(none).asLong()).as(none).isZero();
    }
    assertThat(json.path("totalsEqual").asBoolean()).isTrue();
    assertThat(json.path("recoverySeconds").path("kafka").path(0).asDouble()).isEqualTo(4.3);
    assertThat(ChaosText.of(report)).contains("All promises were kept").contains("4.3 s at most");
  }

  @Test
  void whatWasNotKeptIsCountedAndNamed() {
    round(
        new Finding("EveryRecordStored", Kind.LOST, "partd_events lacks 3 rows", 3),
        new Finding("NoRowTwice", Kind.DOUBLED, "b", 2),
        new Finding("TotalsAddUp", Kind.TOTALS, "c", 1),
        new Finding("NoValueInLogs", Kind.LEAKED, "d", 7));
    ChaosReport report = tally.report(List.of(), Map.of("connect", 1));

    assertThat(report.kept()).isFalse();
    assertThat(List.of(report.lost(), report.doubled(), report.leakedValues()))
        .containsExactly(3L, 2L, 7L);
    assertThat(report.totalsEqual()).isFalse();
    assertThat(ChaosText.of(report))
        .contains("NOT KEPT: round 1, EveryRecordStored: partd_events lacks 3 rows")
        .contains("connect ended by itself 1 times");
  }

  @Test
  void whatDoesNotComeBackHasNoEqualTotals() {
    round(new Finding("ComesBack", Kind.STUCK, "no progress", 1));

    assertThat(tally.report(List.of(), Map.of()).totalsEqual()).isFalse();
    assertThat(tally.kept()).isFalse();
  }

  private void strike() {
    tally.struck(new Strike(FaultKind.KILL, "kafka", Duration.ZERO, Duration.ZERO, false));
  }

  private void round(Finding... findings) {
    tally.round(new Round(1, List.of(), List.of()), 4, 1_000, List.of(findings));
  }
}
