package io.riffle.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.bench.cdc.Freshness;
import io.riffle.bench.cdc.FreshnessBench;
import io.riffle.bench.cdc.SnapshotBench.Round;
import io.riffle.bench.meter.ProcessUse;
import io.riffle.bench.report.CdcReport.Bulk;
import io.riffle.bench.report.CdcReport.Stream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CdcReportTest {

  @Test
  void aShareIsTakenInEachRound() {
    Bulk bulk = Bulk.of(List.of(round(10, 1), round(20, 1), round(10, 2)));

    assertThat(bulk.share()).isEqualTo(new Spread(0.1, 0.05, 0.2));
    assertThat(bulk.rows()).isEqualTo(400);
    assertThat(bulk.rowsPerSecond().median()).isEqualTo(40);
    assertThat(bulk.copyRowsPerSecond().median()).isEqualTo(400);
  }

  @Test
  void theJsonHasNullForWhatWasNotMeasured() {
    JsonNode json = json(CdcReport.of(Rounds.MACHINE, Optional.of(stream()), Optional.empty()));

    assertThat(json.path("snapshot").isNull()).isTrue();
    assertThat(json.path("stream").path("changesPerSecond").asDouble()).isEqualTo(500);
    assertThat(json.path("stream").path("freshness").path("p99Millis").asDouble()).isEqualTo(800);
    assertThat(json.path("stream").path("processes").path(0).path("name").asText())
        .isEqualTo("connect");
    JsonNode micros = json.path("stream").path("processes").path(0).path("cpuMicrosPerRecord");
    assertThat(micros.path("median").asDouble()).isEqualTo(200);
  }

  @Test
  void theTextHasTheFigures() {
    Bulk bulk = Bulk.of(List.of(round(10, 1)));

    assertThat(CdcText.of(CdcReport.of(Rounds.MACHINE, Optional.of(stream()), Optional.of(bulk))))
        .contains(
            "30,000 changes at 500/s",
            "p50 300 ms, p99 800 ms, at most 950 ms; all equal 1.5 s after the last change",
            "first snapshot of 400 rows of 41 columns: 1 rounds",
            "share                  0.100 (0.100-0.100)",
            "PG_DUMP | PSQL: PROCESS");
  }

  private static Stream stream() {
    return Stream.of(
        new FreshnessBench.Result(
            new Freshness(20_000, 300, 800, 950),
            30_000,
            60,
            1.5,
            List.of(new ProcessUse("connect", 6, 1, 1 << 20))));
  }

  private static Round round(double snapshot, double copy) {
    return new Round(
        Rounds.measurement("snapshot", 100, snapshot), Rounds.measurement("pg_dump | psql", copy));
  }

  private static JsonNode json(CdcReport report) {
    return new ObjectMapper().valueToTree(report);
  }
}
