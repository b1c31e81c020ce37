package io.riffle.operations.lag;

import org.apache.kafka.common.TopicPartition;

/** Where a group stands: the next record that it reads is the first at or behind the offset. */
record Place(TopicPartition partition, long offset) {}
