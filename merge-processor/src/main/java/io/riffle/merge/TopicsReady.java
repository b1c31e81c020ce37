package io.riffle.merge;

import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the topics at start: whoever sets up the environment creates them, perhaps at the same
 * time. Kafka Streams would fail on missing ones, and notice a wrong number of partitions only when
 * the first barrier goes astray.
 */
final class TopicsReady {
  private static final Logger log = LoggerFactory.getLogger(TopicsReady.class);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Admin admin;
  private final Topics topics;
  private final Collection<Layout> layouts;

  TopicsReady(Admin admin, Topics topics, Collection<Layout> layouts) {
    this.admin = admin;
    this.topics = topics;
    this.layouts = layouts;
  }

  /**
   * Returns when all topics are there.
   *
   * @throws IllegalStateException when something is still wrong after {@code patience}, naming all
   *     of it
   */
  void await(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    List<String> problems = problems();
    while (!problems.isEmpty()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("Topics are not ready: " + String.join("; ", problems));
      }
      log.atInfo().addKeyValue("problems", problems).log("Waiting for topics");
      TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
      problems = problems();
    }
  }

  private List<String> problems() throws InterruptedException {
    try {
      return problems(describe());
    } catch (ExecutionException e) {
      return List.of("the cluster does not answer: " + e.getCause());
    }
  }

  private Map<String, TopicDescription> describe() throws InterruptedException, ExecutionException {
    Set<String> wanted = new TreeSet<>(List.of(topics.parked(), topics.rejects()));
    layouts.forEach(layout -> wanted.addAll(List.of(topics.rif(layout), topics.merged(layout))));
    wanted.retainAll(admin.listTopics().names().get());
    return admin.describeTopics(wanted).allTopicNames().get();
  }

  private List<String> problems(Map<String, TopicDescription> found) {
    List<String> problems = new ArrayList<>();
    for (Layout layout : layouts) {
      int partitions = partitions(found, topics.rif(layout));
      if (partitions == 0) {
        problems.add(topics.rif(layout) + " is missing");
      } else if (partitions(found, topics.merged(layout)) != partitions) {
        problems.add(topics.merged(layout) + " needs " + partitions + " partitions");
      }
      for (String topic : List.of(topics.parked(), topics.rejects())) {
        if (partitions(found, topic) < Math.max(partitions, 1)) {
          problems.add(topic + " needs " + partitions + " partitions or more");
        }
      }
    }
    return problems.stream().distinct().toList();
  }

  private static int partitions(Map<String, TopicDescription> found, String topic) {
    TopicDescription description = found.get(topic);
    return description == null ? 0 : description.partitions().size();
  }
}
