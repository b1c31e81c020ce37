package io.riffle.console.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.riffle.operations.cdc.CdcStatus;
import io.riffle.operations.cdc.SourceStatus;
import io.riffle.operations.rejects.RejectCause;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the ledgers know as series. */
final class LedgerMeters {
  private final MultiGauge files;
  private final MultiGauge rejects;
  private final MultiGauge sources;
  private final MultiGauge retained;
  private final MultiGauge active;
  private final MultiGauge behind;
  private final MultiGauge rowsLeft;

  LedgerMeters(MeterRegistry registry) {
    files = MultiGauge.builder("ingest.files").description("Files by state").register(registry);
    rejects =
        MultiGauge.builder("rejects.open")
            .description("Rejects that nobody has settled, by cause and type")
            .register(registry);
    sources =
        MultiGauge.builder("cdc.source.ok")
            .description("1 when a captured database is as it is wanted")
            .register(registry);
    retained =
        MultiGauge.builder("cdc.slot.retained.bytes")
            .description("Log that the source keeps for the slot")
            .register(registry);
    active =
        MultiGauge.builder("cdc.slot.active")
            .description("1 when somebody reads the slot")
            .register(registry);
    behind =
        MultiGauge.builder("cdc.behind.seconds")
            .description("Age of what was read last, by the source's clock")
            .register(registry);
    rowsLeft =
        MultiGauge.builder("cdc.snapshot.rows.left")
            .description("Rows of snapshots under way that are not read yet, by table")
            .register(registry);
  }

  void files(Map<String, Long> states) {
    List<Row<?>> rows = new ArrayList<>();
    states.forEach((state, count) -> rows.add(Row.of(Tags.of("state", state), count)));
    files.register(rows, true);
  }

  void rejects(List<RejectCause> causes) {
    Map<Tags, Long> counts = new LinkedHashMap<>();
    causes.forEach(
        cause ->
            counts.merge(
                Tags.of("cause", cause.reason(), "type", cause.type()), cause.count(), Long::sum));
    List<Row<?>> rows = new ArrayList<>();
    counts.forEach((tags, count) -> rows.add(Row.of(tags, count)));
    rejects.register(rows, true);
  }

  void sources(CdcStatus status) {
    List<Row<?>> ok = new ArrayList<>();
    List<Row<?>> bytes = new ArrayList<>();
    List<Row<?>> reading = new ArrayList<>();
    List<Row<?>> ages = new ArrayList<>();
    List<Row<?>> left = new ArrayList<>();
    for (SourceStatus one : status.sources()) {
      Tags tags = Tags.of("source", one.source().name());
      ok.add(Row.of(tags.and("state", one.health().state()), one.isWell() ? 1 : 0));
      one.slot()
          .ifPresent(
              slot -> {
                bytes.add(Row.of(tags, slot.retainedBytes()));
                reading.add(Row.of(tags, slot.active() ? 1 : 0));
              });
      one.behindSeconds().ifPresent(seconds -> ages.add(Row.of(tags, seconds)));
      one.snapshots()
          .forEach(
              table ->
                  left.add(Row.of(tags.and("table", table.table().toString()), table.rowsLeft())));
    }
    sources.register(ok, true);
    retained.register(bytes, true);
    active.register(reading, true);
    behind.register(ages, true);
    rowsLeft.register(left, true);
  }
}
