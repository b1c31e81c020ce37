package io.riffle.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.bench.report.RebuildReport.Rebuilt;
import io.riffle.bench.round.RebuildRound;
import io.riffle.sink.rebuild.Step;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RebuildReportTest {

  @Test
  void aShareIsTakenInEachRound() {
    Rebuilt rebuilt = Rebuilt.of("PDE", List.of(round(5, 1, 4), round(4, 2, 3), round(6, 1, 6)));

    assertThat(rebuilt.share()).isEqualTo(new Spread(0.8, 0.75, 1));
    assertThat(rebuilt.shareWithoutVerify()).isEqualTo(new Spread(1.2, 1, 1.5));
    assertThat(rebuilt.cpuShare().median()).isEqualTo(0.804); // 4.1 / 5.1
    assertThat(rebuilt.stepSeconds().keySet()).containsExactly(Step.LOAD, Step.VERIFY);
    assertThat(rebuilt.stepSeconds().get(Step.VERIFY)).isEqualTo(new Spread(1, 1, 2));
    assertThat(rebuilt.rebuild().recordsPerSecond().median()).isEqualTo(20);
    assertThat(rebuilt.copy().rowsPerSecond().median()).isEqualTo(100);
    assertThat(rebuilt.records()).isEqualTo(100);
    assertThat(rebuilt.rows()).isEqualTo(400);
  }

  @Test
  void theJsonHasAShareOfEachType() {
    JsonNode json = new ObjectMapper().valueToTree(report());

    JsonNode type = json.path("types").path(0);
    assertThat(type.path("type").asText()).isEqualTo("CARRIER");
    assertThat(type.path("share").path("median").asDouble()).isEqualTo(0.8);
    assertThat(type.path("stepSeconds").path("LOAD").path("max").asDouble()).isEqualTo(4);
    assertThat(json.path("rounds").asInt()).isEqualTo(1);
    assertThat(json.path("cores").asInt()).isEqualTo(2);
  }

  @Test
  void theTextHasSharesStepsAndProcesses() {
    assertThat(RebuildText.of(report()))
        .contains(
            "CARRIER, 100 records, 400 rows",
            "records/s: rebuild / bare COPY  0.800 (0.800-0.800)",
            "the same without VERIFY         1.000 (1.000-1.000)",
            "VERIFY  1.00 (1.00-1.00)",
            "BARE COPY: PROCESS");
  }

  private static RebuildReport report() {
    return RebuildReport.of(
        1, Rounds.MACHINE, List.of(Rebuilt.of("CARRIER", List.of(round(5, 1, 4)))));
  }

  private static RebuildRound round(double rebuild, double verify, double copy) {
    return new RebuildRound(
        Rounds.measurement("rebuild", rebuild),
        Map.of(Step.LOAD, rebuild - verify, Step.VERIFY, verify),
        Rounds.measurement("bare COPY", copy));
  }
}
