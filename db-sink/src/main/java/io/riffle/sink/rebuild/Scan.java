package io.riffle.sink.rebuild;

import io.riffle.sink.rebuild.RecordKinds.Kind;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The first pass over a partition: finds the last record of each key, of those that can be written.
 * The rows of a claim are the last record's alone, so nothing else needs to be copied.
 */
final class Scan implements RangeReader.Receiver<Long, Integer> {
  private final TopicRange range;
  private final Set<Long> bad;
  private final RecordKinds kinds;
  private final LongConsumer reached;
  private final LastOffsets last = new LastOffsets();
  private final OffsetSet winners;
  private long next;

  /**
   * @param bad offsets of records that cannot be written
   * @param reached told how many offsets were read, again and again
   */
  Scan(TopicRange range, List<Long> bad, RecordKinds kinds, LongConsumer reached) {
    this.range = range;
    this.bad = Set.copyOf(bad);
    this.kinds = kinds;
    this.reached = reached;
    this.winners = new OffsetSet(range.from(), range.to());
    this.next = range.from();
  }

  OffsetSet winners(RangeReader<Long, Integer> reader) {
    reader.read(range.partition(), range.from(), range.to(), this);
    return winners;
  }

  @Override
  public void take(ConsumerRecord<Long, Integer> record) {
    if (record.key() == null || kinds.of(record.value()) == Kind.NEITHER || isBad(record)) {
      return;
    }
    long offset = record.offset();
    int before = last.put(record.key(), (int) (offset - range.from()));
    if (before != LastOffsets.NONE) {
      winners.remove(range.from() + before);
    }
    winners.add(offset);
  }

  private boolean isBad(ConsumerRecord<Long, Integer> record) {
    return !bad.isEmpty() && bad.contains(record.offset());
  }

  @Override
  public void reached(long now) {
    reached.accept(now - next);
    next = now;
  }
}
