package io.riffle.console.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.riffle.operations.ledger.Ledger.StateCount;
import io.riffle.operations.rejects.RejectCause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the ledgers know of files and rejects as series. */
final class LedgerMeters {
  private static final double MILLIS = 1000.0;

  private final MultiGauge files;
  private final MultiGauge oldestFiles;
  private final MultiGauge rejects;
  private final MultiGauge oldestReject;

  LedgerMeters(MeterRegistry registry) {
    files = gauge(registry, "ingest.files", "Files by state");
    oldestFiles =
        gauge(
            registry,
            "ingest.file.oldest.seconds",
            "For how long a file is in a state that is in it longest");
    rejects = gauge(registry, "rejects.open", "Rejects that nobody has settled, by cause");
    oldestReject =
        gauge(registry, "rejects.oldest.open.seconds", "Age of the oldest of them; 0 without one");
  }

  static MultiGauge gauge(MeterRegistry registry, String name, String description) {
    return MultiGauge.builder(name).description(description).register(registry);
  }

  void files(Map<String, StateCount> states) {
    List<Row<?>> counts = new ArrayList<>();
    List<Row<?>> ages = new ArrayList<>();
    states.forEach(
        (state, count) -> {
          counts.add(Row.of(Tags.of("state", state), count.files()));
          ages.add(Row.of(Tags.of("state", state), count.oldestSeconds()));
        });
    files.register(counts, true);
    oldestFiles.register(ages, true);
  }

  void rejects(List<RejectCause> causes, Instant now) {
    Map<String, Long> counts = new TreeMap<>();
    causes.forEach(cause -> counts.merge(cause.reason(), cause.count(), Long::sum));
    List<Row<?>> rows = new ArrayList<>();
    counts.forEach((cause, count) -> rows.add(Row.of(Tags.of("cause", cause), count)));
    rejects.register(rows, true);
    double age =
        causes.stream()
            .map(cause -> Instant.parse(cause.first()))
            .min(Comparator.naturalOrder())
            .map(first -> Math.max(0, Duration.between(first, now).toMillis() / MILLIS))
            .orElse(0.0);
    oldestReject.register(List.of(Row.of(Tags.empty(), age)), true);
  }
}
