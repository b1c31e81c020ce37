package io.riffle.operations.cdc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffle.cdc.guard.Lsn;
import io.riffle.cdc.ledger.CapturedSource;
import io.riffle.cdc.ledger.SlotNote;
import io.riffle.cdc.ledger.SlotNotes;
import io.riffle.cdc.ledger.Snapshots;
import io.riffle.cdc.ledger.Sources;
import io.riffle.cdc.ledger.TableSnapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Captured databases as the ledger has them. */
public record CdcStatus(List<SourceStatus> sources) {

  public CdcStatus {
    sources = List.copyOf(sources);
  }

  /** What the ledger has; of one source, or of all. */
  public static CdcStatus read(Connection ledger, Optional<String> name) throws SQLException {
    List<SourceStatus> all = new ArrayList<>();
    Instant now = Instant.now();
    for (CapturedSource source : new Sources(ledger).all()) {
      if (name.isEmpty() || name.get().equals(source.name())) {
        all.add(
            new SourceStatus(
                source,
                new SlotNotes(ledger).find(source.name()),
                new Snapshots(ledger).newest(source.name()),
                StagingTable.of(ledger, source.name()),
                now));
      }
    }
    return new CdcStatus(all);
  }

  /** Whether every source is as it is wanted. */
  public boolean isWell() {
    return sources.stream().allMatch(SourceStatus::isWell);
  }

  /** For programs. */
  public ObjectNode json() {
    ObjectNode report = JsonNodeFactory.instance.objectNode().put("ok", isWell());
    ArrayNode list = report.putArray("sources");
    for (SourceStatus one : sources) {
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
      ArrayNode tables = node.putArray("tables");
      one.snapshots()
          .forEach(snapshot -> describe(snapshot, one.staged(snapshot), tables.addObject()));
    }
    return report;
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
}
