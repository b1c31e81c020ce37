package io.riffle.sink.replay;

import io.riffle.sink.offsets.LogFacts;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;

/** Whether a partition still has what is to be read of it. No I/O. */
public final class RangeCheck {
  private RangeCheck() {}

  /**
   * What is wrong with a range, in words for an operator; empty when it can be read.
   *
   * @param topicId of the topic that the sink's offsets belong to
   * @param partitions which it had
   * @param from first offset wanted
   * @param to behind the last one
   */
  public static Optional<String> problem(
      TopicPartition partition, UUID topicId, int partitions, long from, long to, LogFacts log) {
    if (!topicId.equals(log.topicId())) {
      return Optional.of(
          partition.topic()
              + " was deleted and created again: its offsets are those of other rows");
    } else if (partitions != log.partitions()) {
      return Optional.of(
          partition.topic() + " had " + partitions + " partitions and has " + log.partitions());
    } else if (from < log.start() && from < to) {
      return Optional.of(
          "records of %s before offset %d expired or were deleted; asked for from %d"
              .formatted(partition, log.start(), from));
    } else if (to > log.end()) {
      return Optional.of(
          "%s ends at offset %d, the sink was at %d: the brokers lost records"
              .formatted(partition, log.end(), to));
    }
    return Optional.empty();
  }
}
