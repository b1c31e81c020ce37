package io.riffle.operations.lag;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What a group has committed, and who its members are.
 *
 * @param protocolState Kafka's word for the group: STABLE, EMPTY, …
 * @param members how many there are, with or without a partition
 */
record GroupOffsets(
    String group,
    GroupKind kind,
    String protocolState,
    int members,
    Map<TopicPartition, Long> committed,
    Map<TopicPartition, Member> readers) {}
