package io.riffle.schemas.topics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics of a plan that are missing. */
public final class TopicSetup {

  private TopicSetup() {}

  /**
   * Creates what is missing and checks the rest.
   *
   * @return the names of the topics that were created
   * @throws IllegalStateException when a topic exists with another number of partitions: its keys
   *     would move, which only a new generation may do
   */
  public static List<String> createMissing(Admin admin, List<NewTopic> plan)
      throws InterruptedException, ExecutionException {
    Set<String> existing = admin.listTopics().names().get();
    checkPartitions(admin, plan.stream().filter(t -> existing.contains(t.name())).toList());
    List<NewTopic> missing = plan.stream().filter(t -> !existing.contains(t.name())).toList();
    return create(admin, missing);
  }

  private static List<String> create(Admin admin, List<NewTopic> missing)
      throws InterruptedException, ExecutionException {
    List<String> created = new ArrayList<>();
    for (var entry : admin.createTopics(missing).values().entrySet()) {
      try {
        entry.getValue().get();
        created.add(entry.getKey());
      } catch (ExecutionException e) {
        // Another process may create the same topics at the same time.
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
    return created;
  }

  private static void checkPartitions(Admin admin, List<NewTopic> existing)
      throws InterruptedException, ExecutionException {
    Map<String, TopicDescription> found =
        admin.describeTopics(existing.stream().map(NewTopic::name).toList()).allTopicNames().get();
    for (NewTopic topic : existing) {
      int partitions = found.get(topic.name()).partitions().size();
      if (partitions != topic.numPartitions()) {
        throw new IllegalStateException(
            String.format(
                "topic %s has %d partitions, the plan says %d; repartitioning needs a new generation",
                topic.name(), partitions, topic.numPartitions()));
      }
    }
  }
}
