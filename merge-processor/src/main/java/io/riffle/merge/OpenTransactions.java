package io.riffle.merge;

import io.riffle.failure.Failure;
import io.riffle.failure.Neighbour;
import io.riffle.failure.Pause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Looks for a transaction that nobody ends on topics of the set. All who read committed records
 * wait behind it, without a word and without a lag that a metric would show; nobody can end it but
 * its owner, the brokers when it has timed out, or an operator. For one thread.
 */
final class OpenTransactions implements AutoCloseable {
  private static final int NAMED = 5;

  private record Standstill(long offset, Instant since) {}

  private final Admin admin;
  private final Set<String> topics;
  private final Duration patience;
  private final Clock clock;
  private final Pause pause;
  private final Map<TopicPartition, Standstill> standstills = new HashMap<>();

  /**
   * @param admin closed with this
   * @param topics that may be missing
   * @param patience how long a transaction may be open
   * @param pause told of one that is open for longer
   */
  OpenTransactions(Admin admin, Set<String> topics, Duration patience, Clock clock, Pause pause) {
    this.admin = admin;
    this.topics = topics;
    this.patience = patience;
    this.clock = clock;
    this.pause = pause;
  }

  /** To be called from time to time. Brokers that do not answer are somebody else's to tell. */
  void look() throws InterruptedException {
    try {
      compare();
      tell();
    } catch (ExecutionException e) {
      standstills.clear();
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
    pause.close();
  }

  private void compare() throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> latest = latest();
    Map<TopicPartition, Long> committed = ends(latest, IsolationLevel.READ_COMMITTED);
    Map<TopicPartition, Long> all = ends(latest, IsolationLevel.READ_UNCOMMITTED);
    committed.forEach(
        (partition, stable) -> {
          Standstill before = standstills.get(partition);
          if (stable >= all.get(partition)) {
            standstills.remove(partition);
          } else if (before == null || before.offset() != stable) {
            standstills.put(partition, new Standstill(stable, clock.instant()));
          }
        });
  }

  private void tell() {
    Instant limit = clock.instant().minus(patience);
    Map<String, Long> open = new TreeMap<>();
    standstills.forEach(
        (partition, standstill) -> {
          if (standstill.since().isBefore(limit)) {
            open.put(partition.toString(), standstill.offset());
          }
        });
    if (open.isEmpty()) {
      pause.succeeded();
    } else {
      pause.failed(Failure.of(Neighbour.KAFKA, "OPEN_TRANSACTION", text(open)));
    }
  }

  private String text(Map<String, Long> open) {
    List<String> named =
        open.entrySet().stream()
            .limit(NAMED)
            .map(one -> one.getKey() + " from offset " + one.getValue())
            .toList();
    String more = open.size() > NAMED ? " and " + (open.size() - NAMED) + " more" : "";
    return "readers wait behind a transaction that is open for more than "
        + patience.toSeconds()
        + " s: "
        + String.join(", ", named)
        + more;
  }

  private Map<TopicPartition, OffsetSpec> latest() throws InterruptedException, ExecutionException {
    Set<String> there = new TreeSet<>(topics);
    there.retainAll(admin.listTopics().names().get());
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    admin
        .describeTopics(there)
        .allTopicNames()
        .get()
        .forEach(
            (name, topic) ->
                topic
                    .partitions()
                    .forEach(
                        one ->
                            latest.put(
                                new TopicPartition(name, one.partition()), OffsetSpec.latest())));
    return latest;
  }

  private Map<TopicPartition, Long> ends(
      Map<TopicPartition, OffsetSpec> latest, IsolationLevel level)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, Long> ends = new HashMap<>();
    admin
        .listOffsets(latest, new ListOffsetsOptions(level))
        .all()
        .get()
        .forEach((partition, found) -> ends.put(partition, found.offset()));
    return ends;
  }
}
