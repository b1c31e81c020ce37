package io.riffle.operations.generation;

import io.riffle.operations.replay.PlannedRange;
import io.riffle.operations.replay.ReplayException;
import io.riffle.operations.replay.ReplaySite;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Lines;
import io.riffle.sink.offsets.StoredOffset;
import io.riffle.sink.write.OffsetTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether a type's state can be made without all of its raw records: of what the newest merged
 * record of each key has, and of what waits.
 */
final class Remains {
  private final ReplaySite site;
  private final Kafka kafka;

  Remains(ReplaySite site, Kafka kafka) {
    this.site = site;
    this.kafka = kafka;
  }

  /**
   * Why it cannot; empty when it can.
   *
   * @param missing what the raw topic lacks, in words
   */
  Optional<String> problem(Layout layout, String missing) throws SQLException {
    if (layout.joins().isPresent() || layout.lines() == Lines.YEARS) {
      return Optional.of(
          missing
              + "; former identities and years of persons are not all in merged and parked records."
              + again());
    }
    List<String> lost = new ArrayList<>();
    for (String topic : List.of(site.topics().merged(layout), site.topics().parked())) {
      lost(topic).ifPresent(lost::add);
    }
    return lost.isEmpty()
        ? Optional.empty()
        : Optional.of(missing + "; and " + String.join("; ", lost) + "." + again());
  }

  private static String again() {
    return " Its files have to be read again first (riffle replay plan --file KEY --reingest)";
  }

  /** The sink noted of which topic its offsets are. */
  private Optional<String> lost(String topic) throws SQLException {
    Map<TopicPartition, StoredOffset> stored = stored();
    List<PlannedRange> ranges;
    try {
      ranges = Ranges.whole(kafka, kafka.partitions(List.of(topic)));
    } catch (ReplayException e) {
      return Optional.of(e.getMessage());
    }
    for (PlannedRange range : ranges) {
      StoredOffset sink = stored.get(TopicReading.partition(range));
      if (range.from() > 0) {
        return Optional.of("records of " + topic + " were deleted");
      } else if (sink == null) {
        return Optional.of("the sink has not read " + topic);
      } else if (!sink.topicId().equals(range.topicId())
          || sink.partitions() != range.partitions()) {
        return Optional.of(topic + " was made again");
      } else if (sink.next() > range.to()) {
        return Optional.of(topic + " has lost records at its end");
      }
    }
    return Optional.empty();
  }

  private Map<TopicPartition, StoredOffset> stored() throws SQLException {
    try (Connection connection = site.database().getConnection()) {
      return new OffsetTable(site.topics().sinkConnector()).read(connection);
    }
  }
}
