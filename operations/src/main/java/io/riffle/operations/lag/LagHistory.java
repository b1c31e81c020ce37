package io.riffle.operations.lag;

import io.riffle.schemas.topics.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/** The last snapshots, and what they say together. Safe for use by several threads. */
public final class LagHistory {
  /** One point in time says nothing of trends and states; this much is looked back at. */
  public static final Duration WINDOW = Duration.ofMinutes(5);

  /** Rates, and what follows from them, are of this much, or of two looks where that is more. */
  public static final Duration RECENT = Duration.ofSeconds(30);

  /** Longer than any commit interval that is sensible. */
  private static final Duration STALL = Duration.ofSeconds(60);

  /** Longer than an archive keeps a file open, and than anything is looked back at. */
  private static final Duration ARCHIVE_STALL = Duration.ofHours(1);

  private final Duration window;
  private final Duration stall;
  private final Map<Key, Track> tracks = new HashMap<>();

  private record Key(String group, TopicPartition partition) {}

  public LagHistory() {
    this(WINDOW, STALL);
  }

  LagHistory(Duration window, Duration stall) {
    this.window = window;
    this.stall = stall;
  }

  /**
   * Takes a snapshot in and says how each partition of it does. Groups and partitions that it does
   * not have are forgotten.
   */
  public synchronized LagReport add(LagSnapshot snapshot) {
    Set<Key> seen = new HashSet<>();
    for (GroupLag group : snapshot.groups()) {
      for (TopicLag topic : group.topics()) {
        for (PartitionLag partition : topic.partitions()) {
          Key key = key(group, topic, partition);
          seen.add(key);
          tracks.computeIfAbsent(key, unknown -> new Track()).add(snapshot.at(), partition, window);
        }
      }
    }
    tracks.keySet().retainAll(seen);
    return new LagReport(
        snapshot.at(), snapshot.groups().stream().map(this::report).toList(), snapshot.unread());
  }

  private LagReport.Group report(GroupLag group) {
    List<LagReport.Topic> topics =
        group.topics().stream().map(topic -> report(group, topic)).toList();
    return new LagReport.Group(group, worst(group, topics), topics);
  }

  /** A group that neither reads nor has committed anything has nothing to judge by. */
  private static LagState worst(GroupLag group, List<LagReport.Topic> topics) {
    return topics.stream()
        .map(LagReport.Topic::state)
        .reduce(LagState::worse)
        .orElse(group.members() == 0 ? LagState.STOPPED : LagState.IDLE);
  }

  private LagReport.Topic report(GroupLag group, TopicLag topic) {
    Function<PartitionLag, Pace> pace =
        partition -> tracks.get(key(group, topic, partition)).pace(group.members(), stallOf(group));
    List<LagReport.Partition> partitions =
        topic.partitions().stream()
            .map(one -> new LagReport.Partition(one, pace.apply(one), topic.isHot(one)))
            .toList();
    LagState state =
        partitions.stream().map(one -> one.pace().state()).reduce(LagState.IDLE, LagState::worse);
    return new LagReport.Topic(topic, state, partitions);
  }

  private Duration stallOf(GroupLag group) {
    return Topics.isArchive(group.group()) ? ARCHIVE_STALL : stall;
  }

  private static Key key(GroupLag group, TopicLag topic, PartitionLag partition) {
    return new Key(group.group(), new TopicPartition(topic.topic(), partition.partition()));
  }
}
