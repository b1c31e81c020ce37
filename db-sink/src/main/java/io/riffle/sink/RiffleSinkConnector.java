package io.riffle.sink;

import io.riffle.config.ConfigException;
import io.riffle.config.ConfigProblem;
import io.riffle.lease.LeaseElsewhereException;
import io.riffle.sink.offsets.AdminTopicLog;
import io.riffle.sink.offsets.LogFacts;
import io.riffle.sink.offsets.LogUnavailableException;
import io.riffle.sink.offsets.TopicLog;
import io.riffle.sink.record.SinkTopic;
import io.riffle.sink.write.Database;
import io.riffle.sink.write.DatabaseException;
import io.riffle.sink.write.OffsetTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkConnector;
import org.apache.kafka.connect.sink.SinkTask;

/**
 * Writes the merged, parked and rejects topics of a set into Postgres. The database holds the
 * offsets; the consumer group's are for display.
 */
public final class RiffleSinkConnector extends SinkConnector {
  private Map<String, String> properties = Map.of();

  @Override
  public String version() {
    return version(RiffleSinkConnector.class);
  }

  static String version(Class<?> type) {
    String version = type.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }

  @Override
  public void start(Map<String, String> props) {
    problems(props).stream()
        .findFirst()
        .ifPresent(
            first -> {
              throw new ConnectException(new ConfigException(problems(props)).getMessage());
            });
    properties = Map.copyOf(props);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return RiffleSinkTask.class;
  }

  /** Partitions are shared among tasks by their consumers; tasks differ by their number only. */
  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    List<Map<String, String>> configs = new ArrayList<>();
    for (int task = 0; task < maxTasks; task++) {
      Map<String, String> config = new HashMap<>(properties);
      config.put(SinkKeys.TASK, Integer.toString(task));
      configs.add(config);
    }
    return configs;
  }

  @Override
  public void stop() {
    properties = Map.of();
  }

  @Override
  public ConfigDef config() {
    return SinkKeys.definition();
  }

  /** Names every problem of the configuration at its key. */
  @Override
  public Config validate(Map<String, String> connectorConfigs) {
    Map<String, ConfigValue> values = new HashMap<>();
    super.validate(connectorConfigs)
        .configValues()
        .forEach(value -> values.put(value.name(), value));
    for (ConfigProblem problem : problems(connectorConfigs)) {
      values.computeIfAbsent(problem.key(), ConfigValue::new).addErrorMessage(problem.toString());
    }
    return new Config(List.copyOf(values.values()));
  }

  private static List<ConfigProblem> problems(Map<String, String> props) {
    List<ConfigProblem> problems = new ArrayList<>();
    try {
      SinkConfig config = SinkConfig.from(props);
      for (String topic : listed(props)) {
        if (SinkTopic.of(topic, config.topics(), config.layouts()).isEmpty()) {
          problems.add(
              new ConfigProblem(SinkTask.TOPICS_CONFIG, topic, "is no topic that the sink reads"));
        }
      }
    } catch (ConfigException e) {
      problems.addAll(e.problems());
    }
    return problems;
  }

  private static List<String> listed(Map<String, String> props) {
    String topics = props.get(SinkTask.TOPICS_CONFIG);
    return topics == null
        ? List.of()
        : List.of(topics.split(",", -1)).stream()
            .map(String::strip)
            .filter(t -> !t.isEmpty())
            .toList();
  }

  /**
   * Moves the stored offsets; a partition without an offset is forgotten and read from the start of
   * its log. Also takes over the topic's present id and number of partitions.
   */
  @Override
  public boolean alterOffsets(
      Map<String, String> connectorConfig, Map<TopicPartition, Long> altered) {
    SinkConfig config = SinkConfig.from(connectorConfig);
    List<TopicPartition> forgotten = new ArrayList<>();
    Map<TopicPartition, Long> moved = new HashMap<>();
    altered.forEach(
        (partition, next) -> {
          if (next == null) {
            forgotten.add(partition);
          } else {
            moved.put(partition, next);
          }
        });
    try (TopicLog log = new AdminTopicLog(config.kafka());
        Database database = new Database(config.database())) {
      Map<TopicPartition, LogFacts> facts = moved.isEmpty() ? Map.of() : log.facts(moved.keySet());
      TaskLease lease = new TaskLease(database, config.leaseParty("offsets"), new MonotonicClock());
      try {
        lease.hold();
        OffsetTable offsets = new OffsetTable(config.connector());
        store(database, lease, offsets, forgotten, moved, facts);
      } finally {
        lease.leave();
      }
      return true;
    } catch (DatabaseException | LeaseElsewhereException | LogUnavailableException e) {
      throw new ConnectException("the stored offsets were not altered: " + e.getMessage(), e);
    }
  }

  static void store(
      Database database,
      TaskLease lease,
      OffsetTable offsets,
      List<TopicPartition> forgotten,
      Map<TopicPartition, Long> moved,
      Map<TopicPartition, LogFacts> facts) {
    database.transaction(
        connection -> {
          lease.check(connection);
          offsets.delete(connection, forgotten);
          for (Map.Entry<TopicPartition, Long> move : moved.entrySet()) {
            TopicPartition partition = move.getKey();
            offsets.put(connection, partition, facts.get(partition), move.getValue());
          }
          return moved.size();
        });
  }
}
