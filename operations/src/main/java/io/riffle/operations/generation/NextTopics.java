package io.riffle.operations.generation;

import io.riffle.operations.replay.ReplaySite;
import io.riffle.schemas.topics.TopicPlan;
import io.riffle.schemas.topics.TopicSetup;
import io.riffle.schemas.topics.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;

/** Topics of a generation: made as those of the present one are set up, or taken away. */
final class NextTopics {
  private static final short ANY = 1;

  private final ReplaySite site;
  private final Kafka kafka;

  NextTopics(ReplaySite site, Kafka kafka) {
    this.site = site;
    this.kafka = kafka;
  }

  /** Makes what is missing, with copies and settings of the topics that they stand for. */
  void create(Topics next, Map<String, Integer> partitions) throws InterruptedException {
    List<NewTopic> now = plan(site.topics(), partitions);
    List<NewTopic> then = plan(next, partitions);
    var unused = kafka.partitions(names(now)); // says which one is missing
    Map<String, Map<String, String>> settings = settings(names(now));
    Map<String, TopicDescription> topics = kafka.topics(names(now));
    List<NewTopic> wanted = new ArrayList<>();
    for (int i = 0; i < now.size(); i++) {
      TopicDescription present = topics.get(now.get(i).name());
      wanted.add(
          new NewTopic(
                  then.get(i).name(),
                  then.get(i).numPartitions(),
                  (short) present.partitions().get(0).replicas().size())
              .configs(settings.get(now.get(i).name())));
    }
    try {
      TopicSetup.createMissing(kafka.admin(), wanted);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
    }
  }

  private List<NewTopic> plan(Topics topics, Map<String, Integer> partitions) {
    return new TopicPlan(topics, site.layouts(), partitions, ANY, 0).ofGeneration();
  }

  private static List<String> names(Collection<NewTopic> topics) {
    return topics.stream().map(NewTopic::name).toList();
  }

  private Map<String, Map<String, String>> settings(List<String> names) {
    Map<ConfigResource, Config> found =
        Kafka.get(
            kafka
                .admin()
                .describeConfigs(
                    names.stream()
                        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                        .toList())
                .all());
    Map<String, Map<String, String>> settings = new TreeMap<>();
    found.forEach((topic, config) -> settings.put(topic.name(), own(config)));
    return settings;
  }

  private static Map<String, String> own(Config config) {
    return config.entries().stream()
        .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
  }

  /**
   * Takes all topics of a generation away, those of its merge-processor and the groups that read
   * them too. Repeatable.
   */
  void delete(Topics old) {
    String own = old.mergeApplicationId() + "-";
    List<String> named = names(plan(old, Map.of()));
    kafka.names().stream()
        .filter(
            name -> named.contains(name) || (name.startsWith(own) && name.endsWith("-changelog")))
        .forEach(name -> Kafka.gone(kafka.admin().deleteTopics(List.of(name)).all()));
    deleteGroup(old.mergeApplicationId());
    deleteGroup(RawCopy.group(old));
  }

  private void deleteGroup(String group) {
    try {
      Kafka.gone(kafka.admin().deleteConsumerGroups(List.of(group)).all());
    } catch (GroupIdNotFoundException | GroupNotEmptyException e) {
      // It never committed anything; or who was in it has just been stopped: it expires by itself.
    }
  }
}
