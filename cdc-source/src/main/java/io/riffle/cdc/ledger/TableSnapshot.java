package io.riffle.cdc.ledger;

import io.riffle.cdc.source.TableName;
import java.time.Instant;
import java.util.Optional;

/**
 * A snapshot or reload of a table.
 *
 * @param startLsn end of the source's log when it began; none before
 * @param rowsExpected the source's own estimate; none before it began
 * @param rowsDone rows that are on the topic; of a snapshot by whole chunks until it ends
 */
public record TableSnapshot(
    long id,
    String source,
    TableName table,
    SnapshotKind kind,
    SnapshotState state,
    int epoch,
    Optional<Long> startLsn,
    Optional<Long> rowsExpected,
    long rowsDone,
    Optional<Instant> endedAt,
    Optional<String> detail) {

  /** Under which Debezium is asked, and tells of it. */
  public String signal() {
    return "riffle-" + id;
  }

  /** As far as anybody knows; 0 when it is over. */
  public long rowsLeft() {
    return state == SnapshotState.REQUESTED || state == SnapshotState.RUNNING
        ? Math.max(0, rowsExpected.orElse(0L) - rowsDone)
        : 0;
  }
}
