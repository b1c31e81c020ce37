package io.riffle.sink;

import static org.awaitility.Awaitility.await;

import io.riffle.schemas.registry.SchemaRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * Drives a task as Connect's worker does: rewinds, polls what is not paused, hands over, also
 * nothing.
 */
final class TestWorker implements SinkTaskContext, AutoCloseable {
  private final TestLog log;
  private final RiffleSinkTask task;
  private final Map<String, String> properties;
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final Map<TopicPartition, Long> rewinds = new HashMap<>();
  private final Set<TopicPartition> paused = new HashSet<>();
  private int atOnce = 500;

  TestWorker(TestLog log, SchemaRegistry registry, Map<String, String> properties) {
    this.log = log;
    this.properties = properties;
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

  /** One round of the worker. */
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
    await()
        .atMost(Duration.ofSeconds(30))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              poll();
              return isDrained();
            });
    return this;
  }

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
  public Map<String, String> configs() {
    return properties;
  }

  @Override
  public void offset(Map<TopicPartition, Long> offsets) {
    rewinds.putAll(offsets);
  }

  @Override
  public void offset(TopicPartition partition, long offset) {
    rewinds.put(partition, offset);
  }

  @Override
  public void timeout(long timeoutMs) {}

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

  @Override
  public void requestCommit() {}

  @Override
  public PluginMetrics pluginMetrics() {
    throw new UnsupportedOperationException("the sink has no metrics of its own");
  }
}
