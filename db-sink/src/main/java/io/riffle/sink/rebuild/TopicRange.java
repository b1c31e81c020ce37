package io.riffle.sink.rebuild;

import java.util.UUID;
import org.apache.kafka.common.TopicPartition;

/**
 * Records of a merged topic's partition that tables are built from.
 *
 * @param topicId of the topic that the offsets are of
 * @param from offset of the first one
 * @param to offset behind the last one, not beyond where the live sink is; a run reads on to where
 *     that is by then
 */
public record TopicRange(TopicPartition partition, UUID topicId, long from, long to) {
  public TopicRange {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException(partition + ": no range from " + from + " to " + to);
    }
    if (to - from > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(partition + ": more than 2^31 offsets");
    }
  }
}
