package io.riffle.sink;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * When the records that wait came to their topics: of each poll and partition the first one's time,
 * which is a lower bound for those behind it. For one thread. No I/O.
 */
final class AppendTimes {
  private final Map<TopicPartition, NavigableMap<Long, Long>> byPartition = new HashMap<>();

  /** Records of a poll, those of a partition behind each other. */
  void note(Collection<SinkRecord> poll) {
    TopicPartition last = null;
    for (SinkRecord record : poll) {
      if (last == null || !isOf(record, last)) {
        last = Intake.partition(record);
        note(last, record);
      }
    }
  }

  private static boolean isOf(SinkRecord record, TopicPartition partition) {
    return record.originalKafkaPartition() == partition.partition()
        && record.originalTopic().equals(partition.topic());
  }

  private void note(TopicPartition partition, SinkRecord record) {
    Long time = record.timestamp();
    if (time != null && time >= 0) {
      byPartition
          .computeIfAbsent(partition, added -> new TreeMap<>())
          .put(record.originalKafkaOffset(), time);
    }
  }

  /**
   * When the first of some records came, which are written now and forgotten here.
   *
   * @param next the offset behind the last one
   */
  Optional<Instant> take(TopicPartition partition, long first, long next) {
    NavigableMap<Long, Long> times = byPartition.get(partition);
    if (times == null) {
      return Optional.empty();
    }
    Map.Entry<Long, Long> noted = times.floorEntry(first);
    if (noted == null) {
      noted = times.firstEntry();
    }
    boolean before = noted != null && noted.getKey() < next;
    Long kept = times.floorKey(next);
    if (kept != null) {
      times.headMap(kept).clear();
    }
    return before ? Optional.of(Instant.ofEpochMilli(noted.getValue())) : Optional.empty();
  }

  /** Partitions that are others' now, or are read from somewhere else. */
  void forget(Collection<TopicPartition> partitions) {
    byPartition.keySet().removeAll(partitions);
  }
}
