package io.riffle.sink.offsets;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Asks the brokers about partitions. */
public interface TopicLog extends AutoCloseable {

  /**
   * The facts of every partition asked for.
   *
   * @throws LogUnavailableException when the brokers do not answer, or do not know a topic yet
   */
  Map<TopicPartition, LogFacts> facts(Collection<TopicPartition> partitions);

  @Override
  void close();
}
