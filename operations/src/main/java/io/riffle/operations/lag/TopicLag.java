package io.riffle.operations.lag;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How far a group is behind on a topic: partitions in order. */
public record TopicLag(String topic, List<PartitionLag> partitions) {
  private static final int HOT_SHARE = 3;

  /** Messages behind. */
  public long lag() {
    return partitions.stream().mapToLong(PartitionLag::lag).sum();
  }

  /** Of the partition that is most behind. */
  public Optional<Duration> behind() {
    return partitions.stream()
        .flatMap(partition -> partition.behind().stream())
        .max(Comparator.naturalOrder());
  }

  /**
   * Whether this partition holds things up: more than half of the topic's lag, and more than three
   * times the mean.
   */
  public boolean isHot(PartitionLag partition) {
    return partitions.size() > 1
        && partition.lag() * 2 > lag()
        && partition.lag() * partitions.size() > HOT_SHARE * lag();
  }
}
