package io.riffle.schemas.control;

import java.util.Optional;

/**
 * A {@link RifBarrier} forwarded by the merge-processor to the same partition number of the merged
 * topic, the parked topic and the rejects topic, with what became of the records before it.
 *
 * @param type the RIF type
 * @param partitions partitions of the raw topic; the sink sees three barriers for each
 * @param expected records that the producer published to this partition
 * @param applied records that changed the row, and were therefore emitted
 * @param older records that a newer one had already overtaken
 * @param duplicate records whose version had been seen
 * @param parked records whose key or line does not exist yet
 * @param rejected records that could not be merged
 * @param repeatedKeys those of the applied, older, duplicate and parked records whose key another
 *     record of the same file has, too: all of a key but one. Empty from a merge-processor that did
 *     not count them
 */
public record MergedBarrier(
    long file,
    int attempt,
    String type,
    int partition,
    int partitions,
    long expected,
    long applied,
    long older,
    long duplicate,
    long parked,
    long rejected,
    Optional<Long> repeatedKeys) {

  /**
   * Records the merge-processor saw; differs from {@link #expected} only when something is wrong.
   */
  public long seen() {
    return applied + older + duplicate + parked + rejected;
  }
}
