package io.riffle.infra.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffle.cdc.guard.Lsn;
import io.riffle.cdc.ledger.CapturedSource;
import io.riffle.cdc.ledger.SlotNote;
import io.riffle.cdc.ledger.SlotNotes;
import io.riffle.cdc.ledger.Snapshots;
import io.riffle.cdc.ledger.Sources;
import io.riffle.cdc.ledger.TableSnapshot;
import io.riffle.cdc.source.EventNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Sources, their slots and their tables, as tables or as one JSON object on one line. */
final class CdcReport {
  private static final String NONE = "-";

  /** A source with all that is known of it. */
  private record One(
      CapturedSource source,
      Optional<SlotNote> slot,
      List<TableSnapshot> snapshots,
      List<StagingTable> staging,
      Instant now) {

    SourceHealth health() {
      return SourceHealth.of(source, slot, snapshots, staging, now);
    }

    /** What is not looked at grows older. */
    Optional<Double> behindSeconds() {
      return slot.flatMap(
          note ->
              note.behindSeconds()
                  .map(
                      behind ->
                          behind
                              + Math.max(0, Duration.between(note.seenAt(), now).toMillis())
                                  / 1000.0));
    }
  }

  private final List<One> sources;

  private CdcReport(List<One> sources) {
    this.sources = sources;
  }

  /** What the ledger has; of one source, or of all. */
  static CdcReport read(Connection ledger, Optional<String> name) throws SQLException {
    List<One> all = new ArrayList<>();
    Instant now = Instant.now();
    for (CapturedSource source : new Sources(ledger).all()) {
      if (name.isEmpty() || name.get().equals(source.name())) {
        all.add(
            new One(
                source,
                new SlotNotes(ledger).find(source.name()),
                new Snapshots(ledger).newest(source.name()),
                StagingTable.of(ledger, source.name()),
                now));
      }
    }
    return new CdcReport(all);
  }

  /** Whether every source is as it is wanted. */
  boolean isWell() {
    return sources.stream().allMatch(one -> one.health().isWell(one.source().wanted()));
  }

  String sources() {
    Table table = new Table("SOURCE", "STATE", "EPOCH", "TABLES", "BEHIND", "RETAINED", "REASON");
    for (One one : sources) {
      table.row(
          one.source().name(),
          one.health().state(),
          Integer.toString(one.source().epoch()),
          Integer.toString(one.snapshots().size()),
          one.behindSeconds().map(CdcReport::seconds).orElse(NONE),
          one.slot().map(slot -> megabytes(slot.retainedBytes())).orElse(NONE),
          String.join("; ", one.health().problems()));
    }
    return table.toString();
  }

  String text() {
    return sources() + "\n\n" + slots() + "\n\n" + tables();
  }

  private String slots() {
    Table table =
        new Table("SLOT", "ACTIVE", "WAL", "CONFIRMED", "READ", "SERVER", "MAY GROW", "SEEN (UTC)");
    for (One one : sources) {
      one.slot()
          .ifPresent(
              slot ->
                  table.row(
                      slot.slot(),
                      slot.active() ? "yes" : "no",
                      slot.walStatus(),
                      slot.confirmedLsn().map(Lsn::text).orElse(NONE),
                      slot.readLsn().map(Lsn::text).orElse(NONE),
                      Lsn.text(slot.serverLsn()),
                      slot.safeBytes().map(CdcReport::megabytes).orElse("no limit"),
                      slot.seenAt().toString()));
    }
    return table.toString();
  }

  private String tables() {
    Table table =
        new Table(
            "TABLE", "BY", "STATE", "ROWS DONE", "LEFT", "STAGED", "DELETED", "REJECTED", "WHY");
    for (One one : sources) {
      for (TableSnapshot snapshot : one.snapshots()) {
        Optional<StagingTable> staged = staged(one, snapshot);
        table.row(
            one.source().name() + "." + snapshot.table(),
            snapshot.kind().name(),
            snapshot.state().name(),
            Long.toString(snapshot.rowsDone()),
            Long.toString(snapshot.rowsLeft()),
            staged.map(rows -> Long.toString(rows.inserted())).orElse(NONE),
            staged.map(rows -> Long.toString(rows.deleted())).orElse(NONE),
            staged.map(rows -> Long.toString(rows.openRejects())).orElse(NONE),
            snapshot.detail().or(() -> staged.flatMap(StagingTable::why)).orElse(""));
      }
    }
    return table.toString();
  }

  private static Optional<StagingTable> staged(One one, TableSnapshot snapshot) {
    return one.staging().stream()
        .filter(staging -> staging.table().equals(EventNames.topicPart(snapshot.table().table())))
        .findFirst();
  }

  String json() {
    ObjectNode report = new ObjectMapper().createObjectNode().put("ok", isWell());
    var list = report.putArray("sources");
    for (One one : sources) {
      ObjectNode node = list.addObject();
      CapturedSource source = one.source();
      node.put("source", source.name()).put("url", source.spec().url().jdbc());
      node.put("wanted", source.wanted().name()).put("state", one.health().state());
      one.health().problems().forEach(node.putArray("problems")::add);
      node.put("noted", source.state().name());
      node.put("reason", source.reason().orElse("")).put("since", source.since().toString());
      node.put("epoch", source.epoch()).put("declared", source.declared());
      one.slot().ifPresent(slot -> describe(slot, node.putObject("slot")));
      node.put("behindSeconds", one.behindSeconds().orElse(null));
      var tables = node.putArray("tables");
      one.snapshots()
          .forEach(snapshot -> describe(snapshot, staged(one, snapshot), tables.addObject()));
    }
    return report.toString();
  }

  private static void describe(SlotNote slot, ObjectNode node) {
    node.put("name", slot.slot()).put("active", slot.active()).put("walStatus", slot.walStatus());
    node.put("confirmedLsn", slot.confirmedLsn().map(Lsn::text).orElse(null));
    node.put("readLsn", slot.readLsn().map(Lsn::text).orElse(null));
    node.put("serverLsn", Lsn.text(slot.serverLsn())).put("retainedBytes", slot.retainedBytes());
    node.put("safeBytes", slot.safeBytes().orElse(null));
    node.put("behindSeconds", slot.behindSeconds().orElse(null));
    node.put("seenAt", slot.seenAt().toString());
  }

  private static void describe(
      TableSnapshot snapshot, Optional<StagingTable> staged, ObjectNode node) {
    node.put("table", snapshot.table().toString()).put("by", snapshot.kind().name());
    node.put("state", snapshot.state().name()).put("epoch", snapshot.epoch());
    node.put("rowsDone", snapshot.rowsDone()).put("rowsLeft", snapshot.rowsLeft());
    node.put("endedAt", snapshot.endedAt().map(Object::toString).orElse(null));
    node.put("detail", snapshot.detail().orElse(null));
    staged.ifPresent(rows -> rows.describe(node.putObject("staging")));
  }

  private static String seconds(double behind) {
    return String.format(Locale.ROOT, "%.1f s", behind);
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / (double) (1 << 20));
  }
}
