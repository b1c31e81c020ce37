package io.riffle.cdc.snapshot;

import io.riffle.cdc.ledger.CapturedSource;
import io.riffle.cdc.ledger.SnapshotKind;
import io.riffle.cdc.ledger.SnapshotState;
import io.riffle.cdc.ledger.Snapshots;
import io.riffle.cdc.ledger.TableSnapshot;
import io.riffle.cdc.source.CapturedTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Asks for the values that staging lacks ({@link UnsentRows}), table by table, when its snapshot is
 * over: of the rows alone, or, where keys are hidden in staging, of all. For one thread.
 */
public final class Completions {
  /** What was read needs a moment to arrive. */
  private static final Duration AFTER = Duration.ofSeconds(10);

  /** All rows are read again and again only so often. */
  private static final Duration AFTER_ALL = Duration.ofMinutes(10);

  private final Connection ledger;
  private final Clock clock;
  private Instant looked = Instant.EPOCH;

  /**
   * @param ledger the keeper's own connection
   */
  public Completions(Connection ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** Asks where it is time to. */
  public void step(CapturedSource source, List<CapturedTable> tables) throws SQLException {
    if (looked.plus(AFTER).isAfter(clock.instant())) {
      return;
    }
    looked = clock.instant();
    for (CapturedTable table : tables) {
      if (table.hasKey() && isDue(source, table) && lacks(source, table)) {
        request(source, table);
      }
    }
  }

  /** One after the other, and none of a table whose rows never came. */
  private boolean isDue(CapturedSource source, CapturedTable table) throws SQLException {
    Optional<TableSnapshot> newest = new Snapshots(ledger).newest(source.name(), table.name());
    Duration pause = source.rules().isPresent() ? AFTER_ALL : AFTER;
    return newest
        .filter(one -> one.state() == SnapshotState.DONE)
        .filter(one -> isBefore(one.endedAt(), clock.instant().minus(pause)))
        .isPresent();
  }

  private static boolean isBefore(Optional<Instant> ended, Instant limit) {
    return ended.map(at -> at.isBefore(limit)).orElse(false);
  }

  private boolean lacks(CapturedSource source, CapturedTable table) throws SQLException {
    return new UnsentRows(ledger, source.name()).areIn(table.name());
  }

  private void request(CapturedSource source, CapturedTable table) throws SQLException {
    SnapshotKind kind =
        source.rules().isPresent() ? SnapshotKind.SNAPSHOT : SnapshotKind.COMPLETION;
    new Snapshots(ledger)
        .request(source.name(), table, kind, source.epoch(), "values that were not sent");
  }
}
