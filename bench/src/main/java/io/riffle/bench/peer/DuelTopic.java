package io.riffle.bench.peer;

import io.riffle.operations.client.KafkaAdmin;
import io.riffle.operations.site.Endpoints;
import io.riffle.schemas.topics.TopicPlan;
import io.riffle.schemas.topics.TopicSetup;
import io.riffle.schemas.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A copy of the first merged PDE records of a set, byte for byte and in the same partitions: each
 * key once, with all barriers; the set's own topic has grown by every load before, and no sink can
 * be told to stop in it. Deleted when closed.
 *
 * @param set the set that its name says
 */
record DuelTopic(Endpoints endpoints, String set, String name, TopicCopy.Copied content)
    implements AutoCloseable {

  static final String TYPE = "PDE";
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int SHORT_DIGITS = 36;

  /**
   * Copies so many records, to the nearest of what each partition holds of them; fewer where there
   * are fewer.
   *
   * @throws io.riffle.operations.site.StackException when there is none
   */
  static DuelTopic copy(Endpoints endpoints, long records)
      throws InterruptedException, ExecutionException {
    String from = merged(endpoints, endpoints.set().text());
    // a name of its own each time: a deleted topic goes some time after its deletion
    String now = Long.toString(Instant.now().getEpochSecond(), SHORT_DIGITS);
    String set = endpoints.set() + "_duel_" + now;
    String to = merged(endpoints, set);
    try (Admin admin = KafkaAdmin.open(endpoints, PATIENCE)) {
      TopicSetup.createMissing(admin, List.of(plan(endpoints, set, to)));
    }
    TopicCopy copy = new TopicCopy(endpoints.bootstrapServers(), from, to);
    return new DuelTopic(endpoints, set, to, copy.run(records));
  }

  @Override
  public void close() {
    try (Admin admin = KafkaAdmin.open(endpoints, PATIENCE)) {
      admin.deleteTopics(List.of(name)); // closing waits for the answer
    }
  }

  private static String merged(Endpoints endpoints, String set) {
    return new Topics(set).merged(endpoints.loadLayouts().get(TYPE));
  }

  /** With the partitions and settings of a set's topic. */
  private static NewTopic plan(Endpoints endpoints, String set, String name) {
    long window = Duration.ofDays(1).toMillis();
    return new TopicPlan(new Topics(set), endpoints.loadLayouts(), (short) 1, window)
        .all().stream().filter(topic -> topic.name().equals(name)).findFirst().orElseThrow();
  }
}
