package io.riffle.sink.write;

import org.apache.kafka.common.TopicPartition;

/**
 * How far a batch moves a partition.
 *
 * @param expected what the database must have as next offset
 * @param next what it has afterwards
 */
public record OffsetMove(TopicPartition partition, long expected, long next) {}
