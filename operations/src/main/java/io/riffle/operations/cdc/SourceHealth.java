package io.riffle.operations.cdc;

import io.riffle.cdc.ledger.CapturedSource;
import io.riffle.cdc.ledger.SlotNote;
import io.riffle.cdc.ledger.SnapshotState;
import io.riffle.cdc.ledger.SourceState;
import io.riffle.cdc.ledger.TableSnapshot;
import io.riffle.cdc.ledger.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a source is, with all that is known of it; the worst is shown. What the ledger says is only
 * what {@code cdc-source} saw last, and of the way to the topics.
 *
 * @param state as in the ledger; {@code UNSEEN}: nobody has looked at it for a minute; {@code
 *     DEGRADED}: it streams, or is paused, and something is amiss
 * @param problems what is amiss; names and positions, never values
 */
public record SourceHealth(String state, List<String> problems) {
  /** Longer than three looks of cdc-source, which come at least every 20 s. */
  private static final Duration LONGEST_UNSEEN = Duration.ofMinutes(1);

  private static final String UNSEEN = "UNSEEN";
  private static final String DEGRADED = "DEGRADED";

  public SourceHealth {
    problems = List.copyOf(problems);
  }

  /** Puts it all together. */
  public static SourceHealth of(
      CapturedSource source,
      Optional<SlotNote> slot,
      List<TableSnapshot> snapshots,
      List<StagingTable> staging,
      Instant now) {
    List<String> problems = new ArrayList<>();
    boolean unseen = isLookedAt(source) && isUnseen(source, slot, now);
    if (unseen) {
      problems.add(unseen(source, slot, now));
    }
    source.reason().ifPresent(problems::add);
    snapshots.stream()
        .filter(one -> one.state() == SnapshotState.FAILED)
        .forEach(one -> problems.add(one.table() + " was not read: " + one.detail().orElse("")));
    staging.forEach(table -> problems.addAll(table.problems()));
    return new SourceHealth(state(source, unseen, !problems.isEmpty()), problems);
  }

  private static String state(CapturedSource source, boolean unseen, boolean amiss) {
    if (unseen) {
      return UNSEEN;
    }
    return amiss && isSteady(source) ? DEGRADED : source.state().name();
  }

  private static boolean isSteady(CapturedSource source) {
    return source.state() == SourceState.STREAMING || source.state() == SourceState.PAUSED;
  }

  /** All that have a slot are; in other states the state itself tells enough. */
  private static boolean isLookedAt(CapturedSource source) {
    return source.made().isPresent()
        && !source.newEpoch()
        && (isSteady(source) || source.state() == SourceState.STARTING);
  }

  private static boolean isUnseen(CapturedSource source, Optional<SlotNote> slot, Instant now) {
    return seen(source, slot).plus(LONGEST_UNSEEN).isBefore(now);
  }

  /** A look, or the last change of the state, which nobody but cdc-source makes. */
  private static Instant seen(CapturedSource source, Optional<SlotNote> slot) {
    return slot.map(SlotNote::seenAt)
        .filter(at -> at.isAfter(source.since()))
        .orElse(source.since());
  }

  private static String unseen(CapturedSource source, Optional<SlotNote> slot, Instant now) {
    return "cdc-source has not looked at it for %d s: does it run, and does the source answer? It was %s then"
        .formatted(Duration.between(seen(source, slot), now).toSeconds(), source.state());
  }

  /** Whether it is as it is wanted. */
  public boolean isWell(Wanted wanted) {
    return state.equals(SourceState.STREAMING.name())
        || (wanted == Wanted.PAUSED && state.equals(SourceState.PAUSED.name()));
  }
}
