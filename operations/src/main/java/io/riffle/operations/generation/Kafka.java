package io.riffle.operations.generation;

import io.riffle.operations.replay.ReplayException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Questions to the brokers. Closed by who opened it. */
final class Kafka implements AutoCloseable {
  private final Admin admin;

  Kafka(Map<String, String> settings) {
    this.admin = Admin.create(new HashMap<>(settings));
  }

  Admin admin() {
    return admin;
  }

  /** What the topics are; those that are missing are not in it. */
  Map<String, TopicDescription> topics(Collection<String> names) {
    Set<String> there = names();
    return get(
        admin.describeTopics(names.stream().filter(there::contains).toList()).allTopicNames());
  }

  Set<String> names() {
    return get(admin.listTopics().names());
  }

  /**
   * The partitions of topics.
   *
   * @throws ReplayException when one is missing
   */
  List<TopicPartition> partitions(Collection<String> names) {
    Map<String, TopicDescription> found = topics(names);
    return names.stream()
        .distinct()
        .flatMap(
            name -> {
              if (!found.containsKey(name)) {
                throw new ReplayException("topic " + name + " does not exist");
              }
              return IntStream.range(0, found.get(name).partitions().size())
                  .mapToObj(partition -> new TopicPartition(name, partition));
            })
        .toList();
  }

  Map<TopicPartition, Long> starts(Collection<TopicPartition> partitions) {
    return offsets(partitions, OffsetSpec.earliest());
  }

  /** Behind the last record, committed or not. */
  Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
    return offsets(partitions, OffsetSpec.latest());
  }

  private Map<TopicPartition, Long> offsets(
      Collection<TopicPartition> partitions, OffsetSpec spec) {
    Map<TopicPartition, ListOffsetsResultInfo> found =
        get(
            admin
                .listOffsets(partitions.stream().collect(Collectors.toMap(one -> one, one -> spec)))
                .all());
    return found.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue().offset()));
  }

  /** Where a group is, as far as its transactions are over. */
  Map<TopicPartition, Long> committed(String group) {
    Map<TopicPartition, Long> committed = new HashMap<>();
    get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
        .forEach(
            (partition, offset) -> {
              if (offset != null) {
                committed.put(partition, offset.offset());
              }
            });
    return committed;
  }

  /** Waits for an answer; a refusal of the brokers comes as what it is. */
  static <T> T get(KafkaFuture<T> answer) {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ReplayException("interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
    }
  }

  /** The same for what may be gone already. */
  static void gone(KafkaFuture<?> answer) {
    try {
      get(answer);
    } catch (UnknownTopicOrPartitionException e) {
      // That is what was wanted.
    }
  }

  static UUID id(TopicDescription topic) {
    Uuid id = topic.topicId();
    return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
  }

  @Override
  public void close() {
    admin.close();
  }
}
