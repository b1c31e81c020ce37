package io.riffle.bench.report;

import io.riffle.bench.report.CdcReport.Bulk;
import io.riffle.bench.report.CdcReport.Stream;
import io.riffle.infra.cli.Table;
import java.util.Locale;
import java.util.StringJoiner;

/** A report of {@code riffle bench cdc} for people. */
public final class CdcText {

  private CdcText() {}

  public static String of(CdcReport report) {
    StringJoiner text = new StringJoiner("\n\n");
    text.add(
        String.format(Locale.ROOT, "change capture; %s, %d cores", report.jdk(), report.cores()));
    if (report.stream() != null) {
      add(text, report.stream());
    }
    if (report.snapshot() != null) {
      add(text, report.snapshot());
    }
    return text.toString();
  }

  private static void add(StringJoiner text, Stream stream) {
    text.add(
        String.format(
            Locale.ROOT,
            "%,d changes at %.0f/s; from the commit in the source to the commit in staging, by %,d"
                + " rows:%np50 %.0f ms, p99 %.0f ms, at most %.0f ms; all equal %.1f s after the"
                + " last change",
            stream.changes(),
            stream.changesPerSecond(),
            stream.freshness().samples(),
            stream.freshness().p50Millis(),
            stream.freshness().p99Millis(),
            stream.freshness().maxMillis(),
            stream.catchUpSeconds()));
    text.add(ProcessTable.of("CHANGES", stream.processes()));
  }

  private static void add(StringJoiner text, Bulk bulk) {
    text.add(
        String.format(
            Locale.ROOT,
            "first snapshot of %,d rows of 41 columns: %d rounds after one that does not count%n"
                + "median (least-greatest)",
            bulk.rows(),
            bulk.rounds()));
    Table table = new Table("CONTENDER", "ROWS/S");
    table.row("snapshot into staging", bulk.rowsPerSecond().text(0));
    table.row("pg_dump | psql", bulk.copyRowsPerSecond().text(0));
    table.row("share", bulk.share().text(3));
    text.add(table.toString());
    text.add(ProcessTable.of("SNAPSHOT", bulk.processes()));
    text.add(ProcessTable.of("PG_DUMP | PSQL", bulk.copyProcesses()));
  }
}
