package io.riffle.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.riffle.bench.round.Measurement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ScaleReportTest {

  @Test
  void comparesTheLargestWithTheSecondLargest() {
    ScaleReport report =
        report(
            Map.of(
                10L, List.of(load(10, 5)),
                100L, List.of(load(100, 9.9)),
                1000L, List.of(load(1000, 109.9))));

    assertThat(report.costRatio().median()).isEqualTo(1.1, within(0.001));
    assertThat(report.wallRatio().median()).isEqualTo(1.11, within(0.001));
    assertThat(report.sizes())
        .extracting(ScaleReport.Cost::records)
        .containsExactly(10L, 100L, 1000L);
    assertThat(report.threads()).extracting(ScaleReport.Cost::threads).containsExactly(1, 4);
    assertThat(ScaleText.of(report)).contains("CPU per record 1.100", "THREADS");
  }

  @Test
  void oneSizeHasNoRatio() {
    ScaleReport report = report(Map.of(10L, List.of(load(10, 5))));

    assertThat(report.costRatio()).isNull();
    assertThat(ScaleText.of(report)).doesNotContain("largest / second largest");
  }

  private static Measurement load(long records, double seconds) {
    return Rounds.measurement("Riffle", records, seconds);
  }

  private static ScaleReport report(Map<Long, List<Measurement>> sizes) {
    Map<Integer, List<Measurement>> threads =
        new TreeMap<>(Map.of(1, List.of(load(100, 12)), 4, List.of(load(100, 6))));
    return ScaleReport.of(Rounds.plan("PDE"), new TreeMap<>(sizes), threads, Rounds.MACHINE);
  }
}
