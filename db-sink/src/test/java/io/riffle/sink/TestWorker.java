package io.riffle.sink;

import io.riffle.schemas.registry.SchemaRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Drives a task as Connect's worker does: rewinds, polls what is not paused, hands over, also
 * nothing.
 */
final class TestWorker extends TaskContext implements AutoCloseable {
  private final TestLog log;
  private final RiffleSinkTask task;
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final Set<TopicPartition> paused = new HashSet<>();
  private int atOnce = 500;

  TestWorker(TestLog log, SchemaRegistry registry, Map<String, String> properties) {
    super(properties);
    this.log = log;
    this.task = new RiffleSinkTask(config -> registry, config -> log);
    task.initialize(this);
    task.start(properties);
  }

  /** Most records of a partition in one poll. */
  TestWorker atOnce(int records) {
    atOnce = records;
    return this;
  }

  TestWorker open(TopicPartition... partitions) {
    return open(0, partitions);
  }

  /** Assigns partitions with a committed offset of the consumer group. */
  TestWorker open(long committed, TopicPartition... partitions) {
    for (TopicPartition partition : partitions) {
      positions.put(partition, committed);
    }
    task.open(List.of(partitions));
    rewind();
    return this;
  }

  @Override
  void poll() {
    rewind();
    List<SinkRecord> records = new ArrayList<>();
    for (TopicPartition partition : positions.keySet()) {
      if (!paused.contains(partition)) {
        records.addAll(log.from(partition, positions.get(partition), atOnce));
      }
    }
    records.forEach(
        record ->
            positions.put(
                new TopicPartition(record.topic(), record.kafkaPartition()),
                record.kafkaOffset() + 1));
    task.put(records);
  }

  /** Rounds until the database has everything. */
  TestWorker drain() {
    pollUntilDrained();
    return this;
  }

  @Override
  boolean isDrained() {
    Map<TopicPartition, OffsetAndMetadata> written = written();
    return positions.keySet().stream()
        .allMatch(
            partition ->
                written.containsKey(partition)
                    && written.get(partition).offset() >= log.endOfRecords(partition));
  }

  Map<TopicPartition, OffsetAndMetadata> written() {
    return task.preCommit(Map.of());
  }

  void closePartitions(Collection<TopicPartition> partitions) {
    task.close(partitions);
    positions.keySet().removeAll(partitions);
  }

  boolean isPaused() {
    return !paused.isEmpty();
  }

  private void rewind() {
    positions.putAll(rewinds);
    rewinds.clear();
  }

  @Override
  public void close() {
    task.stop();
  }

  @Override
  public Set<TopicPartition> assignment() {
    return Set.copyOf(positions.keySet());
  }

  @Override
  public void pause(TopicPartition... partitions) {
    paused.addAll(List.of(partitions));
  }

  @Override
  public void resume(TopicPartition... partitions) {
    paused.removeAll(List.of(partitions));
  }
}
