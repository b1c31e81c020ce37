package io.riffle.operations.generation;

import io.riffle.operations.replay.PlannedRange;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/** What the brokers have of partitions. */
final class Ranges {
  private Ranges() {}

  /** From the first record that is there to behind the last one. */
  static List<PlannedRange> whole(Kafka kafka, Collection<TopicPartition> partitions) {
    Map<String, TopicDescription> topics =
        kafka.topics(partitions.stream().map(TopicPartition::topic).distinct().toList());
    Map<TopicPartition, Long> starts = kafka.starts(partitions);
    Map<TopicPartition, Long> ends = kafka.ends(partitions);
    return partitions.stream()
        .map(one -> range(one, topics.get(one.topic()), starts.get(one), ends.get(one)))
        .toList();
  }

  private static PlannedRange range(
      TopicPartition one, TopicDescription topic, long start, long end) {
    return new PlannedRange(
        one.topic(),
        Kafka.id(topic),
        topic.partitions().size(),
        one.partition(),
        start,
        Math.max(start, end),
        start);
  }

  /** Those of one topic. */
  static List<PlannedRange> of(String topic, Collection<PlannedRange> all) {
    return all.stream().filter(range -> range.topic().equals(topic)).toList();
  }
}
