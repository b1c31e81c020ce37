package io.riffle.sink;

import io.micrometer.core.instrument.Metrics;
import io.riffle.config.ConfigException;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.sink.meter.SinkMeters;
import io.riffle.sink.offsets.AdminTopicLog;
import io.riffle.sink.offsets.TopicLog;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;

/** Connect's view of a {@link SinkLoop}. Called by one thread. */
public final class RiffleSinkTask extends SinkTask {
  private final Function<SinkConfig, SchemaRegistry> registries;
  private final Function<SinkConfig, TopicLog> logs;
  private SinkLoop loop;

  /** For Connect. */
  public RiffleSinkTask() {
    this(
        config -> SchemaRegistry.connect(config.registry()),
        config -> new AdminTopicLog(config.kafka()));
  }

  RiffleSinkTask(
      Function<SinkConfig, SchemaRegistry> registries, Function<SinkConfig, TopicLog> logs) {
    this.registries = registries;
    this.logs = logs;
  }

  @Override
  public String version() {
    return RiffleSinkConnector.version(RiffleSinkTask.class);
  }

  @Override
  public void start(Map<String, String> props) {
    try {
      SinkConfig config = SinkConfig.from(props);
      SinkMeters meters = new SinkMeters(Metrics.globalRegistry, config.connector());
      loop = new SinkLoop(config, registries.apply(config), logs.apply(config), context, meters);
    } catch (ConfigException e) {
      throw new ConnectException(e.getMessage());
    }
  }

  @Override
  public void open(Collection<TopicPartition> partitions) {
    loop.open(partitions);
  }

  @Override
  public void put(Collection<SinkRecord> records) {
    loop.put(records);
  }

  /** What the database has: records that wait in memory do not count. */
  @Override
  public Map<TopicPartition, OffsetAndMetadata> preCommit(
      Map<TopicPartition, OffsetAndMetadata> currentOffsets) {
    return loop.written();
  }

  @Override
  public void close(Collection<TopicPartition> partitions) {
    loop.close(partitions);
  }

  @Override
  public void stop() {
    if (loop != null) {
      loop.stop();
    }
  }
}
