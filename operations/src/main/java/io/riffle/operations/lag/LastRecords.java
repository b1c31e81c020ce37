package io.riffle.operations.lag;

import io.riffle.operations.lag.Ends.Log;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the last record of each partition is: the end of a log may be markers of transactions, one
 * for each, behind which there is nothing to read. Remembers what it found for as long as the log's
 * end stays. Records of open transactions are not there yet, those of aborted ones never. For one
 * thread.
 */
final class LastRecords {
  /** A transaction ends in one marker; mostly the record is right before it. */
  private static final long FIRST_STEP = 2;

  private static final long LONGEST_STEP = 4096;
  private static final long GROWTH = 4;

  private final RecordProbe probe;
  private final Map<TopicPartition, Known> known = new HashMap<>();

  private record Known(long end, long next) {}

  LastRecords(RecordProbe probe) {
    this.probe = probe;
  }

  /**
   * The offset behind the last record of each partition; where no record is found behind {@code
   * committed}, that, for then there is nothing to read.
   *
   * @param committed the lowest offset that anybody has committed, by partition
   */
  Map<TopicPartition, Long> next(
      Map<TopicPartition, Log> logs, Map<TopicPartition, Long> committed) {
    known.keySet().retainAll(logs.keySet());
    Map<TopicPartition, Long> next = new HashMap<>();
    Map<TopicPartition, Long> open = new HashMap<>();
    logs.forEach(
        (partition, log) -> {
          Known before = known.get(partition);
          if (before != null && before.end() == log.stable()) {
            next.put(partition, before.next());
          } else if (Math.max(committed.get(partition), log.start()) < log.stable()) {
            open.put(partition, log.stable());
          } else {
            next.put(partition, log.stable());
          }
        });
    long step = FIRST_STEP;
    while (!open.isEmpty()) {
      search(step, logs, committed, open, next);
      step = Math.min(step * GROWTH, LONGEST_STEP);
    }
    return next;
  }

  /** Looks so many offsets before where it looked last, and takes away what needs no more looks. */
  private void search(
      long step,
      Map<TopicPartition, Log> logs,
      Map<TopicPartition, Long> committed,
      Map<TopicPartition, Long> open,
      Map<TopicPartition, Long> next) {
    Map<TopicPartition, Long> from = new HashMap<>();
    open.forEach(
        (partition, at) -> {
          long lowest = Math.max(committed.get(partition), logs.get(partition).start());
          from.put(partition, Math.max(lowest, at - step));
        });
    RecordProbe.Look look = probe.last(from, Map.copyOf(open));
    for (TopicPartition unread : look.unread()) {
      next.put(unread, logs.get(unread).stable()); // too many by some markers
      open.remove(unread);
      from.remove(unread);
    }
    from.forEach(
        (partition, at) -> {
          RecordProbe.Found record = look.found().get(partition);
          long lowest = Math.max(committed.get(partition), logs.get(partition).start());
          if (record != null || at <= lowest) {
            long behind = record == null ? lowest : record.offset() + 1;
            next.put(partition, behind);
            known.put(partition, new Known(logs.get(partition).stable(), behind));
            open.remove(partition);
          } else {
            open.put(partition, at);
          }
        });
  }
}
