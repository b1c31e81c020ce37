package io.riffle.infra.cli;

import io.riffle.config.DurationText;
import io.riffle.operations.overview.Overview;
import io.riffle.operations.overview.Pipeline;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Pipelines as a table. */
final class OverviewText {
  private static final String NONE = "-";

  private OverviewText() {}

  static String of(Overview overview) {
    Table table =
        new Table(
            "PIPELINE",
            "STATE",
            "RECORDS IN/S",
            "ROWS OUT/S",
            "LAG",
            "BEHIND",
            "DRAINED IN",
            "REJECTS 24H",
            "LAST SUCCESS (UTC)",
            "WHY");
    for (Pipeline pipeline : overview.pipelines()) {
      table.row(
          pipeline.name(),
          pipeline.state().name(),
          pipeline.in().map(OverviewText::rate).orElse(NONE),
          pipeline.out().map(OverviewText::rate).orElse(NONE),
          pipeline.lag().map(Object::toString).orElse(NONE),
          pipeline.behind().map(DurationText::about).orElse(NONE),
          pipeline.drain().map(DurationText::about).orElse(NONE),
          pipeline.rejects().map(Object::toString).orElse(NONE),
          pipeline
              .lastSuccess()
              .map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString())
              .orElse(NONE),
          pipeline.reasons().isEmpty() ? NONE : String.join("; ", pipeline.reasons()));
    }
    return table.toString();
  }

  private static String rate(double perSecond) {
    return String.format(Locale.ROOT, "%.0f", perSecond);
  }
}
