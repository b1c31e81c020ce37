package io.riffle.operations.cdc;

import io.riffle.cdc.ledger.CapturedSource;
import io.riffle.cdc.ledger.SlotNote;
import io.riffle.cdc.ledger.TableSnapshot;
import io.riffle.cdc.source.EventNames;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A source with all that is known of it.
 *
 * @param slot what was seen of it last
 * @param snapshots the newest of each table
 */
public record SourceStatus(
    CapturedSource source,
    Optional<SlotNote> slot,
    List<TableSnapshot> snapshots,
    List<StagingTable> staging,
    Instant now) {
  private static final double MILLIS = 1000.0;

  public SourceStatus {
    snapshots = List.copyOf(snapshots);
    staging = List.copyOf(staging);
  }

  public SourceHealth health() {
    return SourceHealth.of(source, slot, snapshots, staging, now);
  }

  /** Whether it is as it is wanted. */
  public boolean isWell() {
    return health().isWell(source.wanted());
  }

  /** What is not looked at grows older. */
  public Optional<Double> behindSeconds() {
    return slot.flatMap(note -> note.behindSeconds().map(behind -> behind + unseenSeconds(note)));
  }

  private double unseenSeconds(SlotNote note) {
    return Math.max(0, Duration.between(note.seenAt(), now).toMillis()) / MILLIS;
  }

  /** What the sink keeps of a table. */
  public Optional<StagingTable> staged(TableSnapshot snapshot) {
    return staging.stream()
        .filter(table -> table.table().equals(EventNames.topicPart(snapshot.table().table())))
        .findFirst();
  }
}
