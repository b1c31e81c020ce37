package io.riffle.operations.lag;

import io.riffle.operations.lag.Ends.Log;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks Kafka how far groups are behind: a handful of requests for all groups and partitions
 * together, and a look at one record of each partition that is behind. For one thread.
 */
public final class LagCollector {
  private static final Duration LOOK = Duration.ofSeconds(5);

  /** For all looks at records together: whoever waits for the whole waits for more than this. */
  private static final Duration LOOKS = Duration.ofSeconds(2);

  private final Groups groups;
  private final Ends ends;
  private final LastRecords lastRecords;
  private final Ages ages;
  private final Clock clock;

  /**
   * Both clients are the caller's.
   *
   * @param consumer of bytes, without a group, {@code isolation.level=read_committed}; a small
   *     {@code max.partition.fetch.bytes} keeps its looks cheap
   */
  public LagCollector(Admin admin, Consumer<byte[], byte[]> consumer, Clock clock) {
    this.groups = new Groups(admin);
    this.ends = new Ends(admin);
    RecordProbe probe = new RecordProbe(consumer, LOOK);
    this.lastRecords = new LastRecords(probe);
    this.ages = new Ages(probe, LOOKS);
    this.clock = clock;
  }

  /**
   * All groups that read or have committed offsets whose names are wanted, those without members
   * too.
   *
   * @throws ExecutionException when Kafka does not answer, or refuses; its cause says what
   * @throws org.apache.kafka.common.errors.TimeoutException when records could not be looked at
   */
  public LagSnapshot collect(Predicate<String> wanted)
      throws ExecutionException, InterruptedException {
    Unread unreadGroups = new Unread();
    List<GroupOffsets> read = groups.read(wanted, unreadGroups);
    Map<TopicPartition, Long> lowest = lowest(read);
    Unread unreadLogs = new Unread();
    Map<TopicPartition, Log> logs = ends.of(lowest.keySet(), unreadLogs);
    Map<TopicPartition, Long> next = lastRecords.next(logs, lowest);
    Instant now = clock.instant();
    List<GroupLag> lags = new ArrayList<>();
    Map<Place, Duration> ages = ages(read, logs, next, now);
    for (GroupOffsets group : read) {
      lags.add(lag(group, logs, next, ages));
    }
    List<String> unread = new ArrayList<>(unreadGroups.names());
    unread.addAll(unreadLogs.names());
    return new LagSnapshot(now, lags, unread);
  }

  private static Map<TopicPartition, Long> lowest(List<GroupOffsets> groups) {
    Map<TopicPartition, Long> lowest = new HashMap<>();
    groups.forEach(
        group -> group.places().forEach((partition, at) -> lowest.merge(partition, at, Math::min)));
    return lowest;
  }

  private Map<Place, Duration> ages(
      List<GroupOffsets> read,
      Map<TopicPartition, Log> logs,
      Map<TopicPartition, Long> next,
      Instant now) {
    Set<Place> places = new HashSet<>();
    for (GroupOffsets group : read) {
      group
          .places()
          .forEach(
              (partition, at) -> {
                Log log = logs.get(partition);
                if (log != null && Math.max(at, log.start()) < next.get(partition)) {
                  places.add(new Place(partition, Math.max(at, log.start())));
                }
              });
    }
    return ages.of(places, next, now);
  }

  private static List<PartitionLag> byNumber(List<PartitionLag> partitions) {
    return partitions.stream().sorted(Comparator.comparingInt(PartitionLag::partition)).toList();
  }

  private static GroupLag lag(
      GroupOffsets group,
      Map<TopicPartition, Log> logs,
      Map<TopicPartition, Long> next,
      Map<Place, Duration> ages) {
    Map<String, List<PartitionLag>> topics = new TreeMap<>();
    group
        .places()
        .forEach(
            (partition, at) -> {
              Log log = logs.get(partition);
              if (log != null) {
                topics
                    .computeIfAbsent(partition.topic(), topic -> new ArrayList<>())
                    .add(
                        new PartitionLag(
                            partition.partition(),
                            at,
                            log.start(),
                            log.end(),
                            Math.max(0, next.get(partition) - Math.max(at, log.start())),
                            Optional.ofNullable(
                                ages.get(new Place(partition, Math.max(at, log.start())))),
                            Optional.ofNullable(group.readers().get(partition))));
              }
            });
    return new GroupLag(
        group.group(),
        group.kind(),
        group.protocolState(),
        group.members(),
        topics.entrySet().stream()
            .map(topic -> new TopicLag(topic.getKey(), byNumber(topic.getValue())))
            .toList());
  }
}
