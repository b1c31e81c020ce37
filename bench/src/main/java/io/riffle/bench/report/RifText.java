package io.riffle.bench.report;

import io.riffle.bench.meter.Heap;
import io.riffle.infra.cli.Table;
import java.util.Locale;
import java.util.StringJoiner;

/** A report of {@code riffle bench rif} for people: median and, in brackets, least and greatest. */
public final class RifText {

  private RifText() {}

  public static String of(RifReport report) {
    StringJoiner text = new StringJoiner("\n\n");
    text.add(heading(report));
    text.add(speeds(report));
    text.add(ratios(report));
    for (Contender contender : report.contenders()) {
      text.add(processes(contender));
    }
    text.add(heaps(report));
    return text.toString();
  }

  private static String heading(RifReport report) {
    return String.format(
        Locale.ROOT,
        "%s, %,d records a round, %d runs after %,d records of warm-up; %s, %d cores%n"
            + "median (least-greatest)",
        report.type(),
        report.records(),
        report.runs(),
        report.warmupRecords(),
        report.jdk(),
        report.cores());
  }

  private static String speeds(RifReport report) {
    Table table =
        new Table("CONTENDER", "RECORDS/S", "ROWS/S", "MB/S", "SECONDS", "CPU S", "CPU US/RECORD");
    for (Contender one : report.contenders()) {
      table.row(
          one.name(),
          one.recordsPerSecond().text(0),
          one.rowsPerSecond().text(0),
          one.megabytesPerSecond().text(1),
          one.wallSeconds().text(2),
          one.cpuSeconds().text(1),
          one.cpuMicrosPerRecord().text(1));
    }
    return table.toString();
  }

  private static String ratios(RifReport report) {
    Table table = new Table("RATIO", "");
    table.row("records/s: Riffle / bare COPY", report.ratioToCopy().text(3));
    table.row("CPU: bare COPY / Riffle", report.cpuRatioToCopy().text(3));
    if (report.mergeRatioToFirstLoad() != null) {
      table.row("records/s: _MERGE / first load", report.mergeRatioToFirstLoad().text(3));
    }
    if (report.ratioToDebeziumSink() != null) {
      table.row("records/s: Riffle's sink / Debezium's", report.ratioToDebeziumSink().text(3));
    }
    return table.toString();
  }

  private static String processes(Contender contender) {
    return ProcessTable.of(contender.name().toUpperCase(Locale.ROOT), contender.processes());
  }

  private static String heaps(RifReport report) {
    Table table = new Table("JVM", "HEAP LIMIT MB", "COMMITTED MB");
    for (Heap heap : report.heaps()) {
      table.row(
          heap.name(),
          Long.toString(heap.limitMegabytes()),
          Long.toString(heap.committedMegabytes()));
    }
    return table.toString();
  }
}
