package io.riffle.operations.lag;

import io.riffle.operations.lag.Ends.Log;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private final Groups groups;
  private final Ends ends;
  private final RecordProbe probe;
  private final LastRecords lastRecords;
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
    this.probe = new RecordProbe(consumer, LOOK);
    this.lastRecords = new LastRecords(probe);
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
    Unread unread = new Unread();
    List<GroupOffsets> read = groups.read(wanted, unread);
    Map<TopicPartition, Long> lowest = lowest(read);
    Map<TopicPartition, Log> logs = ends.of(lowest.keySet(), unread);
    Map<TopicPartition, Long> next = lastRecords.next(logs, lowest);
    Instant now = clock.instant();
    List<GroupLag> lags = new ArrayList<>();
    Map<Place, Duration> ages = ages(read, logs, next, now);
    for (GroupOffsets group : read) {
      lags.add(lag(group, logs, next, ages));
    }
    return new LagSnapshot(now, lags, unread.names());
  }

  private static Map<TopicPartition, Long> lowest(List<GroupOffsets> groups) {
    Map<TopicPartition, Long> lowest = new HashMap<>();
    groups.forEach(
        group -> group.places().forEach((partition, at) -> lowest.merge(partition, at, Math::min)));
    return lowest;
  }

  /** Where a group stands. */
  private record Place(TopicPartition partition, long offset) {}

  /**
   * One look for each place: groups that stand elsewhere on a partition need looks of their own.
   */
  private Map<Place, Duration> ages(
      List<GroupOffsets> read,
      Map<TopicPartition, Log> logs,
      Map<TopicPartition, Long> next,
      Instant now) {
    Map<Place, Duration> ages = new HashMap<>();
    List<Map<TopicPartition, Long>> rounds = new ArrayList<>();
    for (GroupOffsets group : read) {
      group
          .places()
          .forEach(
              (partition, at) -> {
                Log log = logs.get(partition);
                if (log != null && Math.max(at, log.start()) < next.get(partition)) {
                  addToFirstRoundWithout(rounds, partition, Math.max(at, log.start()));
                }
              });
    }
    for (Map<TopicPartition, Long> round : rounds) {
      probe
          .first(round, next)
          .found()
          .forEach(
              (partition, record) ->
                  ages.put(new Place(partition, round.get(partition)), age(record, now)));
    }
    return ages;
  }

  private static void addToFirstRoundWithout(
      List<Map<TopicPartition, Long>> rounds, TopicPartition partition, long offset) {
    for (Map<TopicPartition, Long> round : rounds) {
      Long there = round.putIfAbsent(partition, offset);
      if (there == null || there == offset) {
        return;
      }
    }
    rounds.add(new HashMap<>(Map.of(partition, offset)));
  }

  /** Clocks of brokers may be a little ahead of ours. */
  private static Duration age(RecordProbe.Found record, Instant now) {
    Duration age = Duration.between(Instant.ofEpochMilli(record.timestamp()), now);
    return age.isNegative() ? Duration.ZERO : age;
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
