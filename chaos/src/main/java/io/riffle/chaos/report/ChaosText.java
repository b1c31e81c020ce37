package io.riffle.chaos.report;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report for a person. */
public final class ChaosText {

  private final StringBuilder text = new StringBuilder();

  private ChaosText() {}

  public static String of(ChaosReport report) {
    ChaosText text = new ChaosText();
    text.write(report);
    return text.text.toString();
  }

  private void write(ChaosReport report) {
    line(
        "seed %d: %d rounds, %d data sets, %d records",
        report.seed(), report.rounds(), report.sets(), report.records());
    line("");
    report.faults().forEach((name, count) -> line("%-32s %d", name, count));
    line("");
    line(
        "lost %d, doubled %d, different %d, regressed %d, totals %s, leaked values %d",
        report.lost(),
        report.doubled(),
        report.different(),
        report.regressed(),
        report.totalsEqual() ? "equal" : "NOT EQUAL",
        report.leakedValues());
    report.recoverySeconds().forEach(this::recovery);
    for (Map.Entry<String, Integer> ended : report.endedByThemselves().entrySet()) {
      line("%s ended by itself %d times", ended.getKey(), ended.getValue());
    }
    report.failures().forEach(failure -> line("NOT KEPT: %s", failure));
    line(report.kept() ? "All promises were kept" : "Promises were NOT kept");
  }

  private void recovery(String service, List<Double> seconds) {
    line(
        "%s back after kill -9: %d times, %.1f s at most",
        service, seconds.size(), Collections.max(seconds));
  }

  private void line(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
