package io.riffle.sink;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** What a worker is to its task, but for the partitions and how they are read. */
abstract class TaskContext implements SinkTaskContext {
  private final Map<String, String> properties;

  /** Where the task wants to be sent, until the next poll. */
  final Map<TopicPartition, Long> rewinds = new HashMap<>();

  TaskContext(Map<String, String> properties) {
    this.properties = properties;
  }

  /** One round of the worker. */
  abstract void poll();

  /** Whether the database has everything that there is to read. */
  abstract boolean isDrained();

  /** Rounds until the database has everything. */
  final void pollUntilDrained() {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              poll();
              return isDrained();
            });
  }

  @Override
  public final Map<String, String> configs() {
    return properties;
  }

  @Override
  public final void offset(Map<TopicPartition, Long> offsets) {
    rewinds.putAll(offsets);
  }

  @Override
  public final void offset(TopicPartition partition, long offset) {
    rewinds.put(partition, offset);
  }

  @Override
  public final void timeout(long timeoutMs) {}

  @Override
  public final void requestCommit() {}

  @Override
  public final PluginMetrics pluginMetrics() {
    throw new UnsupportedOperationException("the sink has no metrics of its own");
  }
}
