package io.riffle.sink.record;

import io.riffle.sink.copy.RowVersion;
import org.apache.kafka.common.TopicPartition;

/** Where a record stands. */
public record Place(SinkTopic topic, int partition, long offset) {

  public TopicPartition topicPartition() {
    return new TopicPartition(topic.name(), partition);
  }

  public RowVersion version() {
    return new RowVersion(topic.generation(), offset);
  }

  @Override
  public String toString() {
    return topic.name() + "-" + partition + "@" + offset;
  }
}
