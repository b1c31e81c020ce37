package io.riffle.operations.replay;

import java.util.UUID;

/**
 * Offsets of a partition that a replay reads.
 *
 * @param partitions of the topic
 * @param from first offset
 * @param to behind the last one, where the live sink is
 * @param next what is before it is done
 */
public record PlannedRange(
    String topic, UUID topicId, int partitions, int partition, long from, long to, long next) {

  /** At most so many records: transactions' ends and what was compacted have offsets, too. */
  public long records() {
    return to - from;
  }
}
