package io.riffle.bench.report;

import io.riffle.bench.report.ScaleReport.Cost;
import io.riffle.infra.cli.Table;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** A report of {@code riffle bench scale} for people. */
public final class ScaleText {

  private ScaleText() {}

  public static String of(ScaleReport report) {
    StringJoiner text = new StringJoiner("\n\n");
    text.add(heading(report));
    text.add(costs("", report.sizes()));
    if (report.costRatio() != null) {
      text.add(
          "largest / second largest size: CPU per record "
              + report.costRatio().text(3)
              + ", time per record "
              + report.wallRatio().text(3));
    }
    if (!report.threads().isEmpty()) {
      text.add(costs("THREADS", report.threads()));
    }
    return text.toString();
  }

  private static String heading(ScaleReport report) {
    return String.format(
        Locale.ROOT,
        "%s, the load alone, %d runs after %,d records of warm-up; %s, %d cores%n"
            + "median (least-greatest)",
        report.type(),
        report.runs(),
        report.warmupRecords(),
        report.jdk(),
        report.cores());
  }

  private static String costs(String first, List<Cost> costs) {
    Table table =
        new Table(
            first, "RECORDS", "SECONDS", "RECORDS/S", "US/RECORD", "CPU US/RECORD", "MOST CPU");
    for (Cost cost : costs) {
      table.row(
          cost.threads() == null ? "" : cost.threads().toString(),
          String.format(Locale.ROOT, "%,d", cost.records()),
          cost.wallSeconds().text(2),
          cost.recordsPerSecond().text(0),
          cost.wallMicrosPerRecord().text(1),
          cost.cpuMicrosPerRecord().text(1),
          mostCpu(cost.processes()));
    }
    return table.toString();
  }

  /** The three processes that take most of it, with their microseconds per record. */
  private static String mostCpu(List<ProcessFigures> processes) {
    StringJoiner most = new StringJoiner(", ");
    processes.stream()
        .sorted((a, b) -> Double.compare(micros(b), micros(a)))
        .limit(3)
        .forEach(one -> most.add(String.format(Locale.ROOT, "%s %.1f", one.name(), micros(one))));
    return most.toString();
  }

  private static double micros(ProcessFigures process) {
    return process.cpuMicrosPerRecord().median();
  }
}
