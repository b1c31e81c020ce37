package io.riffle.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.bench.meter.Heap;
import io.riffle.bench.round.RoundResult;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RifReportTest {

  private static final List<Heap> HEAPS = List.of(new Heap("connect", 512, 200));

  @Test
  void aRatioIsTakenInEachRound() {
    RifReport report =
        report(
            List.of(
                Rounds.round(2, 4, Optional.of(8.0)),
                Rounds.round(2, 8, Optional.of(8.0)),
                Rounds.round(4, 5, Optional.of(10.0))));

    assertThat(report.ratioToCopy()).isEqualTo(new Spread(0.5, 0.25, 0.8));
    assertThat(report.mergeRatioToFirstLoad()).isEqualTo(new Spread(0.5, 0.5, 1));
    assertThat(report.cpuRatioToCopy().median()).isEqualTo(0.512, within(0.001)); // 2.1 / 4.1
    assertThat(report.wallSeconds()).isEqualTo(new Spread(5, 4, 8));
    assertThat(report.recordsPerSecond()).isEqualTo(new Spread(20, 12.5, 25));
    assertThat(report.cpuMicrosPerRecord().median()).isEqualTo(51_000);
  }

  @Test
  void theJsonHasWhatTheGateReads() {
    JsonNode json =
        new ObjectMapper().valueToTree(report(List.of(Rounds.round(2, 4, Optional.of(8.0)))));

    for (String name :
        List.of(
            "ratioToCopy",
            "mergeRatioToFirstLoad",
            "wallSeconds",
            "recordsPerSecond",
            "cpuMicrosPerRecord")) {
      assertThat(json.path(name).fieldNames())
          .as(name)
          .toIterable()
          .containsExactly("median", "min", "max");
    }
    assertThat(json.path("ratioToDebeziumSink").isNull()).isTrue();
    assertThat(json.path("type").asText()).isEqualTo("CARRIER");
    assertThat(json.path("records").asLong()).isEqualTo(100);
    assertThat(json.path("jdk").asText()).isEqualTo("17");
    assertThat(json.path("cores").asInt()).isEqualTo(2);
    assertThat(json.path("contenders").findValuesAsText("name"))
        .contains("bare COPY", "Riffle", "Riffle _MERGE", "postgres", "client");
  }

  @Test
  void whatDidNotRunIsNull() {
    RifReport report = report(List.of(Rounds.round(2, 4, Optional.empty())));

    assertThat(report.mergeRatioToFirstLoad()).isNull();
    assertThat(report.contenders())
        .extracting(Contender::name)
        .containsExactly("bare COPY", "Riffle");
    assertThat(RifText.of(report)).doesNotContain("_MERGE", "Debezium");
  }

  @Test
  void aRaceOfSinksGivesARatio() {
    RifReport report = report(List.of(Rounds.race(2, 5)));

    assertThat(report.ratioToDebeziumSink().median()).isEqualTo(2.5);
    assertThat(report.contenders()).hasSize(4);
  }

  @Test
  void theTextHasContendersRatiosAndProcesses() {
    String text = RifText.of(report(List.of(Rounds.round(2, 4, Optional.of(8.0)))));

    assertThat(text)
        .contains(
            "CARRIER, 100 records a round",
            "records/s: Riffle / bare COPY   0.500 (0.500-0.500)",
            "RIFFLE: PROCESS",
            "connect  512");
  }

  private static RifReport report(List<RoundResult> rounds) {
    return RifReport.of(Rounds.plan("CARRIER"), rounds, HEAPS, Rounds.MACHINE);
  }
}
