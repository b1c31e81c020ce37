package io.riffle.schemas.control;

/**
 * Written by the producer to every partition of a type's raw topic once all splits of a file are
 * committed: everything of this attempt stands before it.
 *
 * @param partition the partition it is written to
 * @param partitions partitions of the topic, each of which gets such a barrier
 * @param records records of this attempt that were published to this partition
 */
public record RifBarrier(long file, int attempt, int partition, int partitions, long records) {}
