package io.riffle.operations.replay;

import io.riffle.operations.replay.MergedTopics.Found;
import io.riffle.operations.replay.StartAt.ByDuration;
import io.riffle.operations.replay.StartAt.Offsets;
import io.riffle.operations.replay.StartAt.ToDatetime;
import io.riffle.sink.offsets.LogFacts;
import io.riffle.sink.offsets.StoredOffset;
import io.riffle.sink.replay.RangeCheck;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** From where to where each partition is read. Refuses what is not there to be read. */
final class RangePlanner {
  private final Map<String, String> kafka;
  private final Clock clock;

  RangePlanner(Map<String, String> kafka, Clock clock) {
    this.kafka = kafka;
    this.clock = clock;
  }

  /**
   * The ranges that a start gives.
   *
   * @throws ReplayException when some of the records asked for are not there
   */
  List<PlannedRange> ranges(Found topic, StartAt start) {
    Map<Integer, Long> from = from(topic, start);
    List<PlannedRange> ranges = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    from.forEach((partition, offset) -> ranges.add(range(topic, partition, offset, problems)));
    if (!problems.isEmpty()) {
      throw new ReplayException(String.join("; ", problems) + hint(topic, problems));
    }
    return ranges;
  }

  /**
   * The whole of some partitions, as far as it is there: for single keys, whose newest record is
   * likely to be.
   */
  List<PlannedRange> whatIsThere(Found topic, Set<Integer> partitions) {
    Map<Integer, Long> from = new HashMap<>();
    for (int partition : partitions) {
      requireStored(topic, partition);
      from.put(partition, topic.facts(partition).start());
    }
    return ranges(topic, new Offsets(Optional.empty(), from));
  }

  private static PlannedRange range(Found topic, int partition, long asked, List<String> problems) {
    StoredOffset stored = topic.stored().get(partition);
    LogFacts log = topic.facts(partition);
    long from = Math.min(asked, stored.next());
    RangeCheck.problem(
            new TopicPartition(topic.topic().name(), partition),
            stored.topicId(),
            stored.partitions(),
            from,
            stored.next(),
            log)
        .ifPresent(problems::add);
    return new PlannedRange(
        topic.topic().name(),
        stored.topicId(),
        stored.partitions(),
        partition,
        from,
        stored.next(),
        from);
  }

  private static String hint(Found topic, List<String> problems) {
    boolean expired = problems.stream().anyMatch(problem -> problem.contains("asked for from"));
    return expired
        ? ". What is left can be merged: --topic %s --from-offset %s; the rest is in the files"
                .formatted(topic.topic().name(), starts(topic))
            + " (--file KEY --reingest)"
        : ". Its records cannot be replayed in place";
  }

  private static String starts(Found topic) {
    return String.join(
        ",",
        topic.stored().keySet().stream()
            .map(partition -> partition + ":" + topic.facts(partition).start())
            .toList());
  }

  private Map<Integer, Long> from(Found topic, StartAt start) {
    if (start instanceof Offsets offsets) {
      return from(topic, offsets);
    } else if (start instanceof ToDatetime at) {
      return from(topic, at.time());
    } else if (start instanceof ByDuration by) {
      return from(topic, clock.instant().minus(by.back()));
    }
    return everywhere(topic, 0L);
  }

  private static Map<Integer, Long> from(Found topic, Offsets offsets) {
    offsets.byPartition().keySet().forEach(partition -> requireStored(topic, partition));
    return offsets.all().map(offset -> everywhere(topic, offset)).orElse(offsets.byPartition());
  }

  private Map<Integer, Long> from(Found topic, Instant time) {
    Map<TopicPartition, Long> found = TimeOffsets.at(kafka, topic.facts().keySet(), time);
    Map<Integer, Long> from = new HashMap<>();
    topic
        .stored()
        .forEach(
            (partition, stored) ->
                from.put(
                    partition,
                    found.getOrDefault(
                        new TopicPartition(topic.topic().name(), partition), stored.next())));
    return from;
  }

  private static Map<Integer, Long> everywhere(Found topic, long offset) {
    Map<Integer, Long> from = new HashMap<>();
    topic.stored().keySet().forEach(partition -> from.put(partition, offset));
    return from;
  }

  private static void requireStored(Found topic, int partition) {
    if (!topic.stored().containsKey(partition)) {
      throw new ReplayException(
          "the sink has no offset of partition " + partition + " of " + topic.topic().name());
    }
  }
}
