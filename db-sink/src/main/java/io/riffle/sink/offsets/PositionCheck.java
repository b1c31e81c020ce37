package io.riffle.sink.offsets;

import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** Whether a stored offset fits the log, and where to read on. The database decides. */
public final class PositionCheck {
  private PositionCheck() {}

  /**
   * The offset to read on from: the stored one, or the start of the log for a partition that the
   * sink sees for the first time.
   *
   * @param settled whether every file that was published is closed: all its records were read then
   * @throws PositionException when reading on would lose or mix up records
   */
  public static long next(
      TopicPartition partition, Optional<StoredOffset> stored, LogFacts log, boolean settled) {
    return stored.map(row -> checked(partition, row, log, settled)).orElse(log.start());
  }

  private static long checked(
      TopicPartition partition, StoredOffset stored, LogFacts log, boolean settled) {
    if (!stored.topicId().equals(log.topicId())) {
      throw stop(
          partition,
          "the topic was deleted and created again: its offsets no longer order the rows",
          "make a new generation of the topics (riffle replay plan --generation), or reset the"
              + " connector's offsets when the tables are empty");
    } else if (stored.partitions() != log.partitions()) {
      throw stop(
          partition,
          "the topic had " + stored.partitions() + " partitions and has " + log.partitions(),
          "keys have moved between partitions: make a new generation of the topics (riffle replay"
              + " plan --generation)");
    } else if (stored.next() < log.start() && log.isEmpty() && settled) {
      return log.start(); // what expired behind the last record was its transaction's end
    } else if (stored.next() < log.start()) {
      throw stop(
          partition,
          "records " + stored.next() + " to " + (log.start() - 1) + " were removed unread",
          "load their files again and alter the connector's offset to "
              + log.start()
              + ", or rebuild");
    } else if (stored.next() > log.end()) {
      throw stop(
          partition,
          "the database is at " + stored.next() + ", the log ends at " + log.end(),
          "the brokers lost records: alter the connector's offset to "
              + log.end()
              + " after loading their files again, or rebuild");
    }
    return stored.next();
  }

  private static PositionException stop(TopicPartition partition, String finding, String remedy) {
    return new PositionException(partition + ": " + finding + ". Remedy: " + remedy + ".");
  }
}
