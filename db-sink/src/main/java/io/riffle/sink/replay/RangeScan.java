package io.riffle.sink.replay;

import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The first look at a range: where the newest record of each key stands. Without it a row that is
 * missing would come back in an older form first.
 */
final class RangeScan {
  private final RangeReader reader;
  private final WantedKeys keys;
  private final Pulse pulse;
  private final LongConsumer watcher;

  /**
   * @param watcher told how many offsets were looked at
   */
  RangeScan(RangeReader reader, WantedKeys keys, Pulse pulse, LongConsumer watcher) {
    this.reader = reader;
    this.keys = keys;
    this.pulse = pulse;
    this.watcher = watcher;
  }

  /**
   * Offsets of the newest records, ascending.
   *
   * @param rejected offsets of records that do not count
   */
  long[] newest(ReplayRange range, Set<Long> rejected) {
    NewestRecords newest = new NewestRecords();
    reader.place(range.topicPartition(), range.next());
    while (reader.position() < range.to()) {
      for (ConsumerRecord<byte[], byte[]> record : reader.poll()) {
        OptionalLong key = RecordKey.parse(record.key());
        if (record.offset() < range.to()
            && key.isPresent()
            && keys.has(key.getAsLong())
            && !rejected.contains(record.offset())) {
          newest.saw(key.getAsLong(), record.offset());
        }
      }
      pulse.beat();
      watcher.accept(Math.min(reader.position(), range.to()) - range.next());
    }
    return newest.offsets();
  }
}
