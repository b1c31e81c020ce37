package io.riffle.producer.barrier;

import io.riffle.producer.kafka.ControlReader;
import io.riffle.producer.kafka.KafkaConfig;
import io.riffle.schemas.control.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;

/** The committed records of the progress topic, from its beginning on. For one thread. */
final class ProgressTopic implements AutoCloseable {

  private static final int MAX_POLL_RECORDS = 2_000;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final Consumer<byte[], byte[]> consumer;
  private final ControlReader reader;
  private final UUID id;
  private final Map<TopicPartition, Long> ends;

  private ProgressTopic(
      Consumer<byte[], byte[]> consumer,
      ControlReader reader,
      UUID id,
      Map<TopicPartition, Long> ends) {
    this.consumer = consumer;
    this.reader = reader;
    this.id = id;
    this.ends = ends;
  }

  static ProgressTopic open(KafkaConfig config, ControlReader reader, String topic) {
    Consumer<byte[], byte[]> consumer =
        config.openConsumer(Optional.empty(), Optional.empty(), MAX_POLL_RECORDS);
    try {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(found -> new TopicPartition(topic, found.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      return open(config, reader, topic, consumer, partitions);
    } catch (RuntimeException e) {
      consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
      throw e;
    }
  }

  private static ProgressTopic open(
      KafkaConfig config,
      ControlReader reader,
      String topic,
      Consumer<byte[], byte[]> consumer,
      List<TopicPartition> partitions) {
    try (Admin admin = config.openAdmin()) {
      return new ProgressTopic(consumer, reader, id(admin, topic), ends(admin, partitions));
    } catch (ExecutionException e) {
      throw new KafkaException("the end of the progress topic is unknown", e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** Kafka's own id of the topic: a topic of the same name that is made later has another one. */
  UUID id() {
    return id;
  }

  /** What came since the last call; waits a little for the first record. */
  List<Progress> poll(Duration atMost) {
    List<Progress> progress = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(atMost)) {
      progress.add(reader.progress(record));
    }
    return progress;
  }

  /** Whether everything has been polled that was on the topic when it was opened. */
  boolean isCaughtUp() {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
  }

  /**
   * The ends as a reader of uncommitted records sees them. The end that a reader of committed ones
   * is told lies before the oldest open transaction: a worker's split in flight would hide a plan
   * that was committed after it began.
   */
  private static Map<TopicPartition, Long> ends(Admin admin, List<TopicPartition> partitions)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    admin
        .listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
        .all()
        .get()
        .forEach((partition, found) -> ends.put(partition, found.offset()));
    return ends;
  }

  private static UUID id(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    Uuid id = admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).topicId();
    return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
  }
}
