package io.riffle.cdc.ledger;

import io.riffle.cdc.guard.Expected;
import io.riffle.cdc.source.SourceNames;
import io.riffle.cdc.source.SourceSpec;
import java.time.Instant;
import java.util.Optional;

/**
 * A source as the ledger has it.
 *
 * @param declared whether it is in {@code cdc.yaml}
 * @param newEpoch a new slot, and snapshots of all tables, are wanted
 * @param reason why it is not streaming
 * @param epoch 0 before the first slot
 * @param made what the slot of the epoch was made of; none while it is being made
 * @param notified next offset of the connector's notifications
 * @param rules of obfuscation, as {@link io.riffle.cdc.rules.SourceRules} completed them
 */
public record CapturedSource(
    SourceSpec spec,
    boolean declared,
    Wanted wanted,
    boolean dropStaging,
    boolean newEpoch,
    SourceState state,
    Optional<String> reason,
    Instant since,
    int epoch,
    Optional<Made> made,
    long notified,
    Optional<String> rules) {

  /** Where the slot of an epoch was made. */
  public record Made(String system, int timeline, long slotLsn) {}

  public String name() {
    return spec.name();
  }

  /** What the slot is to be like. */
  public Optional<Expected> expected(SourceNames names) {
    return made.map(
        slot -> new Expected(names.slot(epoch), slot.system(), slot.timeline(), slot.slotLsn()));
  }
}
