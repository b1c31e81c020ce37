package io.riffle.operations.generation;

import io.riffle.operations.replay.ReplayException;
import io.riffle.operations.replay.ReplaySite;
import io.riffle.schemas.topics.Topics;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Waits until the merge-processor of a generation has taken all that was copied. */
final class MergeEnd {
  private static final Duration POLL = Duration.ofMillis(500);

  private final ReplaySite site;
  private final Topics next;
  private final Kafka kafka;
  private final Duration patience;
  private final Progress progress;

  /**
   * @param patience how long it may stand still
   */
  MergeEnd(ReplaySite site, Topics next, Kafka kafka, Duration patience, Progress progress) {
    this.site = site;
    this.next = next;
    this.kafka = kafka;
    this.patience = patience;
    this.progress = progress;
  }

  /**
   * Returns when everything that it makes of the copy is committed.
   *
   * @throws ReplayException when it does not get on
   */
  void await() throws SQLException, InterruptedException {
    progress.note("waiting for merge-processor, generation " + next.generation());
    List<TopicPartition> raw =
        kafka.partitions(site.layouts().all().stream().map(next::rif).toList());
    Map<TopicPartition, Long> ends = kafka.ends(raw);
    long planned = ends.values().stream().mapToLong(MergeEnd::lastRecord).sum();
    long done = done(ends);
    long since = System.nanoTime();
    while (done < planned) {
      progress.at(planned, done);
      Thread.sleep(POLL.toMillis());
      long now = done(ends);
      if (now != done) {
        since = System.nanoTime();
      } else if (System.nanoTime() - since > patience.toNanos()) {
        throw new ReplayException(
            "merge-processor of generation %d does not get on: does it run, with generation=%d?"
                .formatted(next.generation(), next.generation()));
      }
      done = now;
    }
  }

  /**
   * The last record of each partition is the end of the copy, in a transaction of its own, whose
   * end has an offset, too. Streams commits positions with what it wrote, in one transaction.
   */
  private static long lastRecord(long end) {
    return end - 1;
  }

  private long done(Map<TopicPartition, Long> ends) {
    Map<TopicPartition, Long> committed = kafka.committed(next.mergeApplicationId());
    return ends.entrySet().stream()
        .mapToLong(
            end -> Math.min(lastRecord(end.getValue()), committed.getOrDefault(end.getKey(), 0L)))
        .sum();
  }
}
