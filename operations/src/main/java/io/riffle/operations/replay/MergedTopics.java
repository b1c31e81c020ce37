package io.riffle.operations.replay;

import io.riffle.schemas.layout.Layout;
import io.riffle.sink.offsets.AdminTopicLog;
import io.riffle.sink.offsets.LogFacts;
import io.riffle.sink.offsets.LogUnavailableException;
import io.riffle.sink.offsets.StoredOffset;
import io.riffle.sink.record.SinkTopic;
import io.riffle.sink.write.OffsetTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** The merged topics of the set: where the live sink stands on them, and what the brokers have. */
final class MergedTopics {
  private final ReplaySite site;

  MergedTopics(ReplaySite site) {
    this.site = site;
  }

  /**
   * A merged topic.
   *
   * @param stored the live sink's offsets, by partition
   * @param facts the brokers' view of the same partitions
   */
  record Found(
      SinkTopic topic, Map<Integer, StoredOffset> stored, Map<TopicPartition, LogFacts> facts) {

    /** Of the topic when the sink began to read it. */
    int partitions() {
      return stored.values().iterator().next().partitions();
    }

    LogFacts facts(int partition) {
      return facts.get(new TopicPartition(topic.name(), partition));
    }
  }

  /**
   * The topic whose records are the tables of a type, in the set's present generation.
   *
   * @throws ReplayException when the sink has read nothing of it
   */
  Found of(Layout layout) throws SQLException {
    return found(site.topics().merged(layout), stored());
  }

  /**
   * A topic by its name.
   *
   * @throws ReplayException when it is no merged topic of a type, or the sink has read nothing of
   *     it
   */
  Found named(String name) throws SQLException {
    Optional<SinkTopic> topic = sinkTopic(name);
    if (topic.flatMap(SinkTopic::layout).isEmpty()) {
      throw new ReplayException(
          name + " is no merged topic of set " + site.topics().set() + ": " + names());
    } else if (topic.get().generation() != site.topics().generation()) {
      throw new ReplayException(name + " is not of the set's present generation: " + names());
    }
    return found(name, stored());
  }

  private Found found(String name, Map<TopicPartition, StoredOffset> stored) {
    Map<Integer, StoredOffset> own = new TreeMap<>();
    stored.forEach(
        (partition, offset) -> {
          if (partition.topic().equals(name)) {
            own.put(partition.partition(), offset);
          }
        });
    if (own.isEmpty()) {
      throw nothingRead(name);
    }
    return new Found(sinkTopic(name).orElseThrow(), own, facts(name, own));
  }

  private Map<TopicPartition, LogFacts> facts(String name, Map<Integer, StoredOffset> own) {
    try (AdminTopicLog log = new AdminTopicLog(site.kafka())) {
      return log.facts(
          own.keySet().stream().map(partition -> new TopicPartition(name, partition)).toList());
    } catch (LogUnavailableException e) {
      throw new ReplayException("Kafka does not tell of " + name + ": " + e.failure().text(), e);
    }
  }

  private Optional<SinkTopic> sinkTopic(String name) {
    return SinkTopic.of(name, site.topics(), site.layouts());
  }

  private ReplayException nothingRead(String name) {
    return new ReplayException(
        "the sink has no offsets of "
            + name
            + ": it has read nothing of it yet, so there is nothing to replay");
  }

  private String names() {
    return String.join(
        ", ", site.layouts().all().stream().map(site.topics()::merged).distinct().toList());
  }

  private Map<TopicPartition, StoredOffset> stored() throws SQLException {
    try (Connection connection = site.database().getConnection()) {
      return new OffsetTable(site.topics().sinkConnector()).read(connection);
    }
  }
}
