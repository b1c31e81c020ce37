package io.riffle.sink.offsets;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** The brokers, through Kafka's Admin client; connects when first asked. */
public final class AdminTopicLog implements TopicLog {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Map<String, Object> settings;
  private Admin admin;

  /**
   * Asks the brokers that the settings name.
   *
   * @param settings of the Admin client, {@code bootstrap.servers} among them
   */
  public AdminTopicLog(Map<String, String> settings) {
    this.settings = new HashMap<>(settings);
    this.settings.putIfAbsent(
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis() / 2);
    this.settings.putIfAbsent(
        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis() / 4);
  }

  @Override
  public Map<TopicPartition, LogFacts> facts(Collection<TopicPartition> partitions) {
    if (admin == null) {
      admin = Admin.create(settings);
    }
    Map<String, TopicDescription> topics =
        answer(
            admin
                .describeTopics(
                    partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet()))
                .allTopicNames());
    Map<TopicPartition, ListOffsetsResultInfo> starts = offsets(partitions, OffsetSpec.earliest());
    Map<TopicPartition, ListOffsetsResultInfo> ends = offsets(partitions, OffsetSpec.latest());
    Map<TopicPartition, LogFacts> facts = new HashMap<>();
    for (TopicPartition partition : partitions) {
      TopicDescription topic = topics.get(partition.topic());
      facts.put(
          partition,
          new LogFacts(
              uuid(topic.topicId()),
              topic.partitions().size(),
              starts.get(partition).offset(),
              ends.get(partition).offset()));
    }
    return facts;
  }

  private Map<TopicPartition, ListOffsetsResultInfo> offsets(
      Collection<TopicPartition> partitions, OffsetSpec spec) {
    return answer(
        admin
            .listOffsets(
                partitions.stream().collect(Collectors.toMap(asked -> asked, asked -> spec)))
            .all());
  }

  private static UUID uuid(Uuid id) {
    return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
  }

  private static <T> T answer(KafkaFuture<T> future) {
    try {
      return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LogUnavailableException("interrupted while asking the brokers", e);
    } catch (TimeoutException e) {
      throw new LogUnavailableException("the brokers do not answer", e);
    } catch (ExecutionException e) {
      throw new LogUnavailableException("the brokers gave no answer", e.getCause());
    }
  }

  @Override
  public void close() {
    if (admin != null) {
      admin.close(Duration.ofSeconds(5));
    }
  }
}
