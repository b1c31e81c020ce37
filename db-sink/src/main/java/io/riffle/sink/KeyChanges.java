package io.riffle.sink;

import io.riffle.sink.record.Incoming;
import io.riffle.sink.record.Incoming.Change;
import io.riffle.sink.staging.StagedEvent.Move;
import io.riffle.sink.staging.StagedEvent.Put;
import io.riffle.sink.staging.StagedEvent.Removal;
import io.riffle.sink.staging.StagedEvent.Tombstone;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * A row whose key changed in the source comes as two events, a removal and a put: they become one,
 * so that they are written in one transaction. The first waits for the second. No I/O.
 */
final class KeyChanges {
  private final Map<TopicPartition, Change> waiting = new HashMap<>();

  /** What is to be written now, with the record that was read next. */
  List<Incoming> join(Incoming next) {
    TopicPartition partition = next.place().topicPartition();
    Change first = waiting.get(partition);
    if (first == null) {
      return hold(next) ? List.of() : List.of(next);
    } else if (next instanceof Change change && change.event() instanceof Tombstone) {
      return List.of(); // says nothing beyond the removal
    }
    waiting.remove(partition);
    if (next instanceof Change second && second.event() instanceof Put put && put.moved()) {
      Move move = new Move((Removal) first.event(), put);
      return List.of(new Change(second.place(), move, second.raw()));
    }
    return hold(next) ? List.of(first) : List.of(first, next);
  }

  private boolean hold(Incoming record) {
    boolean moves =
        record instanceof Change change
            && change.event() instanceof Removal removal
            && removal.moves();
    if (moves) {
      waiting.put(record.place().topicPartition(), (Change) record);
    }
    return moves;
  }

  /** The offset of the removal that waits. */
  Optional<Long> waiting(TopicPartition partition) {
    return Optional.ofNullable(waiting.get(partition)).map(first -> first.place().offset());
  }

  void removeAll(Collection<TopicPartition> partitions) {
    waiting.keySet().removeAll(partitions);
  }
}
