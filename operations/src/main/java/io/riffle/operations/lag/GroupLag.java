package io.riffle.operations.lag;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How far a group is behind: topics by name.
 *
 * @param protocolState Kafka's word for the group: STABLE, EMPTY, …
 * @param members how many there are now
 */
public record GroupLag(
    String group, GroupKind kind, String protocolState, int members, List<TopicLag> topics) {

  /** Messages behind. */
  public long lag() {
    return topics.stream().mapToLong(TopicLag::lag).sum();
  }

  /** Of the partition that is most behind. */
  public Optional<Duration> behind() {
    return topics.stream().flatMap(topic -> topic.behind().stream()).max(Comparator.naturalOrder());
  }
}
