package io.riffle.operations.lag;

import java.util.HashMap;
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
    Map<TopicPartition, Member> readers) {

  /** Where it stands on each partition that it has committed or reads: an offset or none. */
  Map<TopicPartition, Long> places() {
    Map<TopicPartition, Long> places = new HashMap<>();
    readers.keySet().forEach(partition -> places.put(partition, PartitionLag.NONE));
    places.putAll(committed);
    return places;
  }
}
