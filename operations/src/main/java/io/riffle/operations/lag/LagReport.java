package io.riffle.operations.lag;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All groups, and how they do: what pages and commands show.
 *
 * @param unread groups and partitions that Kafka did not tell of, each with the name of its error
 */
public record LagReport(Instant at, List<Group> groups, List<String> unread) {

  /** One that has everything. */
  public LagReport(Instant at, List<Group> groups) {
    this(at, groups, List.of());
  }

  /** A group; its state is its worst partition's. */
  public record Group(GroupLag lag, LagState state, List<Topic> topics) {
    /** Records read a second. */
    public double consumed() {
      return topics.stream().mapToDouble(Topic::consumed).sum();
    }

    /** How long it takes until everything is read; none when that is not to be expected. */
    public Optional<Duration> drain() {
      return slowest(topics.stream().map(Topic::drain).toList());
    }

    /** That of most of its lag. */
    public Trend trend() {
      return trendOf(topics.stream().flatMap(topic -> topic.partitions().stream()).toList());
    }
  }

  /** A topic of a group. */
  public record Topic(TopicLag lag, LagState state, List<Partition> partitions) {
    /** Records read a second. */
    public double consumed() {
      return partitions.stream().mapToDouble(one -> one.pace().consumed()).sum();
    }

    /** Records that came a second. */
    public double produced() {
      return partitions.stream().mapToDouble(one -> one.pace().produced()).sum();
    }

    /** How long it takes until everything is read; none when that is not to be expected. */
    public Optional<Duration> drain() {
      return slowest(partitions.stream().map(one -> one.pace().drain()).toList());
    }

    /** That of most of its lag. */
    public Trend trend() {
      return trendOf(partitions);
    }
  }

  /** A partition of a topic of a group. */
  public record Partition(PartitionLag lag, Pace pace, boolean hot) {}

  private static Trend trendOf(List<Partition> partitions) {
    long up = lagOf(partitions, Trend.UP);
    long down = lagOf(partitions, Trend.DOWN);
    if (up == down) {
      return Trend.FLAT;
    }
    return up > down ? Trend.UP : Trend.DOWN;
  }

  private static long lagOf(List<Partition> partitions, Trend trend) {
    return partitions.stream()
        .filter(one -> one.pace().trend() == trend)
        .mapToLong(one -> one.lag().lag())
        .sum();
  }

  /** The longest, when all are known. */
  public static Optional<Duration> slowest(Collection<Optional<Duration>> drains) {
    return drains.stream().anyMatch(Optional::isEmpty)
        ? Optional.empty()
        : drains.stream().map(Optional::get).max(Comparator.naturalOrder());
  }

  /** The worst of all groups; IDLE when there is none. */
  public LagState state() {
    return groups.stream().map(Group::state).reduce(LagState.IDLE, LagState::worse);
  }
}
