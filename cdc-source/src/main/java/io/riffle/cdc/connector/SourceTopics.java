package io.riffle.cdc.connector;

import io.riffle.cdc.config.CdcConfig;
import io.riffle.cdc.source.CapturedTable;
import io.riffle.cdc.source.EventNames;
import io.riffle.cdc.source.TableName;
import io.riffle.schemas.topics.TopicPlan;
import io.riffle.schemas.topics.TopicSetup;
import io.riffle.schemas.topics.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** The topics of a source: one for each table, its connector's notifications and heartbeats. */
public final class SourceTopics {
  private final CdcConfig config;

  public SourceTopics(CdcConfig config) {
    this.config = config;
  }

  /** The topic of a table. */
  public static String of(Topics topics, String source, TableName table) {
    return topics.cdc(
        source, EventNames.topicPart(table.schema()), EventNames.topicPart(table.table()));
  }

  /** Makes what is missing. */
  public void create(String source, List<CapturedTable> tables) {
    List<NewTopic> plan = new ArrayList<>();
    tables.forEach(table -> plan.add(log(of(config.topics(), source, table.name()))));
    plan.add(log(SourceConnector.notifications(config.topics(), source)));
    plan.add(log(SourceConnector.heartbeats(config.topics(), source)));
    try (Admin admin = config.kafka().openAdmin()) {
      TopicSetup.createMissing(admin, plan);
    } catch (ExecutionException e) {
      throw new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Deletes all topics of a source, of tables of earlier epochs too. */
  public void delete(String source) {
    String changes = config.topics().cdc(source) + ".";
    Set<String> others =
        Set.of(
            SourceConnector.notifications(config.topics(), source),
            SourceConnector.heartbeats(config.topics(), source));
    try (Admin admin = config.kafka().openAdmin()) {
      Set<String> all = admin.listTopics().names().get();
      admin
          .deleteTopics(
              all.stream()
                  .filter(topic -> topic.startsWith(changes) || others.contains(topic))
                  .collect(Collectors.toSet()))
          .all()
          .get();
    } catch (ExecutionException e) {
      throw new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * Whether the sink still reads topics of a source. Before it has seen that they are gone, new
   * ones of their names would be the same to it, and what comes below its position read already.
   */
  public boolean isRead(String source) {
    String changes = config.topics().cdc(source) + ".";
    String group = "connect-" + config.topics().stagingConnector();
    try (Admin admin = config.kafka().openAdmin()) {
      return admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().stream()
          .flatMap(member -> member.assignment().topicPartitions().stream())
          .anyMatch(partition -> partition.topic().startsWith(changes));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return false;
      }
      throw new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Order is kept within a partition only, and a truncated table has no key. */
  private NewTopic log(String name) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("cleanup.policy", "delete");
    settings.put("retention.ms", Long.toString(config.retention().toMillis()));
    settings.put("message.timestamp.type", "LogAppendTime");
    settings.put("max.message.bytes", Integer.toString(TopicPlan.MAX_MESSAGE_BYTES));
    settings.put("min.insync.replicas", config.replication() >= 3 ? "2" : "1");
    return new NewTopic(name, 1, config.replication()).configs(settings);
  }

  private static KafkaException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new KafkaException(e);
  }
}
