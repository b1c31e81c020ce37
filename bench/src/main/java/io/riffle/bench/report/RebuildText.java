package io.riffle.bench.report;

import io.riffle.bench.report.RebuildReport.Cost;
import io.riffle.bench.report.RebuildReport.Rebuilt;
import io.riffle.infra.cli.Table;
import java.util.Locale;
import java.util.StringJoiner;

/** A report of {@code riffle bench replay} for people. */
public final class RebuildText {

  private RebuildText() {}

  public static String of(RebuildReport report) {
    StringJoiner text = new StringJoiner("\n\n");
    text.add(
        String.format(
            Locale.ROOT,
            "rebuild from the merged topic, beside bare COPY into indexed tables: %d rounds after"
                + " a rebuild that does not count; %s, %d cores%nmedian (least-greatest)",
            report.rounds(),
            report.jdk(),
            report.cores()));
    for (Rebuilt type : report.types()) {
      add(text, type);
    }
    return text.toString();
  }

  private static void add(StringJoiner text, Rebuilt type) {
    text.add(
        String.format(
            Locale.ROOT, "%s, %,d records, %,d rows", type.type(), type.records(), type.rows()));
    text.add(speeds(type));
    text.add(shares(type));
    text.add(steps(type));
    text.add(ProcessTable.of("REBUILD", type.rebuild().processes()));
    text.add(ProcessTable.of("BARE COPY", type.copy().processes()));
  }

  private static String speeds(Rebuilt type) {
    Table table = new Table("CONTENDER", "RECORDS/S", "ROWS/S", "SECONDS", "CPU S");
    row(table, "rebuild", type.rebuild());
    row(table, "bare COPY", type.copy());
    return table.toString();
  }

  private static void row(Table table, String name, Cost cost) {
    table.row(
        name,
        cost.recordsPerSecond().text(0),
        cost.rowsPerSecond().text(0),
        cost.wallSeconds().text(2),
        cost.cpuSeconds().text(1));
  }

  private static String shares(Rebuilt type) {
    Table table = new Table("SHARE", "");
    table.row("records/s: rebuild / bare COPY", type.share().text(3));
    table.row("the same without VERIFY", type.shareWithoutVerify().text(3));
    table.row("CPU: bare COPY / rebuild", type.cpuShare().text(3));
    return table.toString();
  }

  private static String steps(Rebuilt type) {
    Table table = new Table("STEP", "SECONDS");
    type.stepSeconds().forEach((step, seconds) -> table.row(step.name(), seconds.text(2)));
    return table.toString();
  }
}
