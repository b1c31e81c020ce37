package io.riffle.bench.report;

import io.riffle.bench.meter.ProcessUse;
import io.riffle.bench.round.Measurement;
import java.util.ArrayList;
import java.util.List;

/**
 * What one process used for one contender.
 *
 * @param compilerSeconds the JIT compiler's part of {@code cpuSeconds}
 */
public record ProcessFigures(
    String name,
    Spread cpuSeconds,
    Spread cpuMicrosPerRecord,
    Spread compilerSeconds,
    Spread peakMemoryMegabytes) {

  private static final double MICROS = 1e6;
  private static final double MEGABYTE = 1 << 20;

  /** Every process of the contender, in the order of measurement. */
  static List<ProcessFigures> of(List<Measurement> runs) {
    List<ProcessFigures> figures = new ArrayList<>();
    for (int i = 0; i < runs.get(0).processes().size(); i++) {
      figures.add(of(runs, i));
    }
    return figures;
  }

  private static ProcessFigures of(List<Measurement> runs, int number) {
    List<ProcessUse> uses = runs.stream().map(run -> run.processes().get(number)).toList();
    return new ProcessFigures(
        uses.get(0).name(),
        Spread.of(uses, ProcessUse::cpuSeconds),
        Spread.of(runs, run -> run.processes().get(number).cpuSeconds() * MICROS / run.records()),
        Spread.of(uses, ProcessUse::compilerSeconds),
        Spread.of(uses, use -> use.peakMemoryBytes() / MEGABYTE));
  }
}
