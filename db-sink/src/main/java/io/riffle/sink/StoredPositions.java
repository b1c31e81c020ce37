package io.riffle.sink;

import io.riffle.generation.GenerationException;
import io.riffle.generation.Generations;
import io.riffle.sink.offsets.LogFacts;
import io.riffle.sink.offsets.PositionCheck;
import io.riffle.sink.offsets.StoredOffset;
import io.riffle.sink.offsets.TopicLog;
import io.riffle.sink.record.SinkTopic;
import io.riffle.sink.write.Database;
import io.riffle.sink.write.OffsetMove;
import io.riffle.sink.write.OffsetTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** The database's offsets, held against the log. */
final class StoredPositions {
  private final Database database;
  private final TaskLease lease;
  private final OffsetTable offsets;
  private final TopicLog log;
  private final Intake intake;

  StoredPositions(
      Database database, TaskLease lease, OffsetTable offsets, TopicLog log, Intake intake) {
    this.database = database;
    this.lease = lease;
    this.offsets = offsets;
    this.log = log;
    this.intake = intake;
  }

  /**
   * Where each partition is to be read on; partitions seen for the first time are entered.
   *
   * @throws io.riffle.lease.LeaseElsewhereException when the lease was lost; nothing is entered
   * @throws io.riffle.sink.offsets.PositionException when a stored offset does not fit the log
   * @throws GenerationException when the topics are not those of the set's current generation
   */
  Map<TopicPartition, Long> next(Set<TopicPartition> partitions) {
    Map<TopicPartition, LogFacts> facts = log.facts(partitions);
    return database.transaction(
        connection -> {
          lease.check(connection);
          requireCurrent(Generations.read(connection), partitions);
          Map<TopicPartition, StoredOffset> stored = offsets.read(connection);
          boolean settled = offsets.isSettled(connection);
          Map<TopicPartition, Long> next = new HashMap<>();
          for (TopicPartition partition : partitions) {
            LogFacts fact = facts.get(partition);
            Optional<StoredOffset> row = Optional.ofNullable(stored.get(partition));
            next.put(
                partition,
                PositionCheck.next(
                    partition,
                    row,
                    fact,
                    intake.topic(partition.topic()).captured().isPresent()
                        ? expiredEndOnly(row, fact)
                        : settled && expires(partition)));
            if (row.isEmpty()) {
              offsets.add(connection, partition, fact, next.get(partition));
            } else if (row.get().next() != next.get(partition)) {
              long from = row.get().next();
              OffsetMove move = new OffsetMove(partition, from, next.get(partition));
              offsets.move(connection, List.of(move), lease.token());
            }
          }
          return next;
        });
  }

  /** Rows of another generation's topics would be older, or newer, than all that are to come. */
  private void requireCurrent(Generations generations, Set<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      SinkTopic topic = intake.topic(partition.topic());
      if (topic.captured().isEmpty() && generations.others().contains(topic.generation())) {
        throw GenerationException.other(
            generations,
            "the connector's topics name "
                + topic.name()
                + ". Remedy: name those of the current generation there (riffle setup does), or end"
                + " what changes generations (riffle replay list).");
      }
    }
  }

  /** The end of a transaction takes one offset; what expires beside it may be a change. */
  private static boolean expiredEndOnly(Optional<StoredOffset> row, LogFacts fact) {
    return row.map(stored -> fact.start() - stored.next() <= 1).orElse(true);
  }

  /** Merged topics keep their records, so what they lack was lost. */
  private boolean expires(TopicPartition partition) {
    return intake.topic(partition.topic()).layout().isEmpty();
  }
}
