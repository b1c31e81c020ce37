package io.riffle.cdc.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * A slot when it was last looked at; positions are numbers, see {@link io.riffle.cdc.guard.Lsn}.
 *
 * @param walStatus {@code reserved}, {@code extended}, {@code unreserved}, {@code lost}, or {@code
 *     missing}: there is no slot
 * @param readLsn up to here everything is on the topics
 * @param safeBytes how much the source may still write until it gives the slot up
 * @param behindSeconds age of what was read last, by the source's clock
 */
public record SlotNote(
    String slot,
    Instant seenAt,
    boolean active,
    String walStatus,
    Optional<Long> confirmedLsn,
    Optional<Long> readLsn,
    long serverLsn,
    long retainedBytes,
    Optional<Long> safeBytes,
    Optional<Double> behindSeconds) {}
