package io.riffle.operations.record;

/**
 * What of the key is still on its way, and how far its partition is behind.
 *
 * @param toMerge its deliveries that merge-processor has not taken yet
 * @param mergeBehind offsets that merge-processor has left on the raw partitions
 * @param toStore its merged records that the sink has not written yet
 * @param sinkBehind offsets that the sink has left on the merged partition
 */
public record Lag(long toMerge, long mergeBehind, long toStore, long sinkBehind) {

  /** Whether something of the key is still on its way. */
  public boolean isOnItsWay() {
    return toMerge > 0 || toStore > 0;
  }
}
