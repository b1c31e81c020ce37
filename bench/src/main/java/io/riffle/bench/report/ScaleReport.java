package io.riffle.bench.report;

import io.riffle.bench.round.Measurement;
import io.riffle.bench.round.RoundPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * {@code riffle bench scale}.
 *
 * @param linesPerRecord null for types without claim lines
 * @param costRatio CPU per record at the largest size over that at the second largest; null where
 *     there is one size
 * @param wallRatio the same of the time
 */
public record ScaleReport(
    String type,
    Integer linesPerRecord,
    int runs,
    long warmupRecords,
    String jdk,
    int cores,
    Spread costRatio,
    Spread wallRatio,
    List<Cost> sizes,
    List<Cost> threads) {

  /**
   * What a record costs.
   *
   * @param threads workers of rif-producer, threads of merge-processor and tasks of the sink; null
   *     where they are as the stack has them
   */
  public record Cost(
      Integer threads,
      long records,
      Spread wallSeconds,
      Spread recordsPerSecond,
      Spread wallMicrosPerRecord,
      Spread cpuMicrosPerRecord,
      List<ProcessFigures> processes) {

    private static Cost of(Integer threads, List<Measurement> runs) {
      return new Cost(
          threads,
          runs.get(0).records(),
          Spread.of(runs, Measurement::seconds),
          Spread.of(runs, Measurement::recordsPerSecond),
          Spread.of(runs, ScaleReport::wallMicros),
          Spread.of(runs, Measurement::cpuMicrosPerRecord),
          ProcessFigures.of(runs));
    }
  }

  private static final double MICROS = 1e6;

  /**
   * Of all loads.
   *
   * @param sizes runs by records, ascending
   * @param threads runs by threads
   */
  public static ScaleReport of(
      RoundPlan plan,
      Map<Long, List<Measurement>> sizes,
      Map<Integer, List<Measurement>> threads,
      Machine machine) {
    return new ScaleReport(
        plan.layout().type(),
        plan.linesPerRecord(),
        plan.runs(),
        plan.warmup(),
        machine.jdk(),
        machine.cores(),
        ratio(sizes, Measurement::cpuMicrosPerRecord),
        ratio(sizes, ScaleReport::wallMicros),
        sizes.values().stream().map(runs -> Cost.of(null, runs)).toList(),
        threads.entrySet().stream().map(one -> Cost.of(one.getKey(), one.getValue())).toList());
  }

  private static double wallMicros(Measurement run) {
    return run.seconds() * MICROS / run.records();
  }

  private static Spread ratio(
      Map<Long, List<Measurement>> sizes, ToDoubleFunction<Measurement> cost) {
    List<List<Measurement>> bySize = new ArrayList<>(sizes.values());
    if (bySize.size() < 2) {
      return null;
    }
    List<Measurement> largest = bySize.get(bySize.size() - 1);
    List<Measurement> middle = bySize.get(bySize.size() - 2);
    double[] ratios = new double[largest.size()];
    for (int run = 0; run < ratios.length; run++) {
      ratios[run] = cost.applyAsDouble(largest.get(run)) / cost.applyAsDouble(middle.get(run));
    }
    return Spread.of(ratios);
  }
}
