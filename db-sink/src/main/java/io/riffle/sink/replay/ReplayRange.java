package io.riffle.sink.replay;

import io.riffle.sink.record.SinkTopic;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;

/**
 * Offsets of a partition that a replay reads: a row of {@code riffle.replay_ranges}.
 *
 * @param partitions of the topic when the replay was planned
 * @param from first offset
 * @param to behind the last one
 * @param next what is before it is done
 */
public record ReplayRange(
    SinkTopic topic, UUID topicId, int partitions, int partition, long from, long to, long next) {

  public TopicPartition topicPartition() {
    return new TopicPartition(topic.name(), partition);
  }

  boolean isDone() {
    return next >= to;
  }

  ReplayRange at(long done) {
    return new ReplayRange(topic, topicId, partitions, partition, from, to, done);
  }
}
