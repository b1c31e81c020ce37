package io.riffle.bench.report;

import io.riffle.infra.cli.Table;
import java.util.List;

/** The processes of one contender, as text. */
final class ProcessTable {

  private ProcessTable() {}

  static String of(String heading, List<ProcessFigures> processes) {
    Table table =
        new Table(heading + ": PROCESS", "CPU S", "CPU US/RECORD", "OF IT JIT S", "PEAK MEMORY MB");
    for (ProcessFigures process : processes) {
      table.row(
          process.name(),
          process.cpuSeconds().text(2),
          process.cpuMicrosPerRecord().text(1),
          process.compilerSeconds().text(2),
          process.peakMemoryMegabytes().text(0));
    }
    return table.toString();
  }
}
