package io.riffle.merge;

import io.riffle.failure.Failure;
import io.riffle.failure.Failures;
import io.riffle.failure.Neighbour;
import io.riffle.failure.Pause;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * Waits for the topics at start: whoever sets up the environment creates them, perhaps at the same
 * time. Kafka Streams would fail on missing ones, and notice a wrong number of partitions only when
 * the first barrier goes astray.
 */
final class TopicsReady {
  private static final String MISSING = "UnknownTopicOrPartitionException";
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Admin admin;
  private final Topics topics;
  private final Collection<Layout> layouts;
  private final Pause pause;

  /**
   * @param pause told what is waited for
   */
  TopicsReady(Admin admin, Topics topics, Collection<Layout> layouts, Pause pause) {
    this.admin = admin;
    this.topics = topics;
    this.layouts = layouts;
    this.pause = pause;
  }

  /**
   * Returns when all topics are there. Waits for brokers as long as it takes.
   *
   * @throws IllegalStateException when something is still wrong with topics after {@code patience}
   *     of brokers that answer, naming all of it
   */
  void await(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    Optional<Failure> failure = look();
    while (failure.isPresent()) {
      boolean answered = failure.get().code().equals(MISSING);
      end = answered ? end : System.nanoTime() + patience.toNanos();
      if (!failure.get().verdict().pauses() || System.nanoTime() > end) {
        throw new IllegalStateException("Topics are not ready: " + failure.get().text());
      }
      pause.failed(failure.get());
      TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
      failure = look();
    }
    pause.succeeded();
  }

  private Optional<Failure> look() throws InterruptedException {
    try {
      Set<String> there = admin.listTopics().names().get();
      List<String> problems = new ArrayList<>(problems(describe(there)));
      newer(there).ifPresent(problems::add);
      return problems.isEmpty()
          ? Optional.empty()
          : Optional.of(Failure.of(Neighbour.KAFKA, MISSING, String.join("; ", problems)));
    } catch (ExecutionException e) {
      return Failures.of(e.getCause())
          .or(() -> Optional.of(Failure.noAnswer(Neighbour.KAFKA, "the cluster does not answer")));
    }
  }

  /** Nothing more comes to topics that newer ones stand for: files would wait for ever. */
  private Optional<String> newer(Set<String> there) {
    String parked = topics.at(0).parked() + ".g";
    return there.stream()
        .filter(name -> name.startsWith(parked))
        .map(name -> name.substring(parked.length()))
        .filter(number -> number.matches("[1-9][0-9]{0,8}"))
        .map(Integer::valueOf)
        .max(Comparator.naturalOrder())
        .filter(newest -> newest > topics.generation())
        .map(
            newest ->
                "generation is "
                    + topics.generation()
                    + ", and there are topics of "
                    + newest
                    + ": set generation="
                    + newest);
  }

  private Map<String, TopicDescription> describe(Set<String> there)
      throws InterruptedException, ExecutionException {
    Set<String> wanted = new TreeSet<>(List.of(topics.parked(), topics.rejects()));
    layouts.forEach(layout -> wanted.addAll(List.of(topics.rif(layout), topics.merged(layout))));
    wanted.retainAll(there);
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
