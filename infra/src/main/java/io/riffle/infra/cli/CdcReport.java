package io.riffle.infra.cli;

import io.riffle.cdc.guard.Lsn;
import io.riffle.cdc.ledger.TableSnapshot;
import io.riffle.operations.cdc.CdcStatus;
import io.riffle.operations.cdc.SourceStatus;
import io.riffle.operations.cdc.StagingTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

/** Sources, their slots and their tables, as tables or as one JSON object on one line. */
final class CdcReport {
  private static final String NONE = "-";

  private final CdcStatus status;

  private CdcReport(CdcStatus status) {
    this.status = status;
  }

  /** What the ledger has; of one source, or of all. */
  static CdcReport read(Connection ledger, Optional<String> name) throws SQLException {
    return new CdcReport(CdcStatus.read(ledger, name));
  }

  /** Whether every source is as it is wanted. */
  boolean isWell() {
    return status.isWell();
  }

  String sources() {
    Table table = new Table("SOURCE", "STATE", "EPOCH", "TABLES", "BEHIND", "RETAINED", "REASON");
    for (SourceStatus one : status.sources()) {
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
    for (SourceStatus one : status.sources()) {
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
    for (SourceStatus one : status.sources()) {
      for (TableSnapshot snapshot : one.snapshots()) {
        Optional<StagingTable> staged = one.staged(snapshot);
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

  String json() {
    return status.json().toString();
  }

  private static String seconds(double behind) {
    return String.format(Locale.ROOT, "%.1f s", behind);
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / (double) (1 << 20));
  }
}
