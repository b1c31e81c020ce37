package io.riffle.operations.lag;

import static org.apache.kafka.common.IsolationLevel.READ_COMMITTED;
import static org.apache.kafka.common.IsolationLevel.READ_UNCOMMITTED;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Where the logs of partitions begin and end, by three questions for all of them together. */
final class Ends {

  /**
   * A partition's log.
   *
   * @param start offset of its first record or marker
   * @param stable where readers of committed records end: the first open transaction, or {@code
   *     end}
   * @param end offset behind its last record or marker, of open transactions too
   */
  record Log(long start, long stable, long end) {}

  private final Admin admin;

  Ends(Admin admin) {
    this.admin = admin;
  }

  /**
   * Partitions of topics that are not there any more are left out, and those that Kafka does not
   * tell of.
   *
   * @throws ExecutionException when it tells of none
   */
  Map<TopicPartition, Log> of(Collection<TopicPartition> partitions, Unread unread)
      throws ExecutionException, InterruptedException {
    ListOffsetsResult starts = ask(partitions, OffsetSpec.earliest(), READ_UNCOMMITTED);
    ListOffsetsResult stables = ask(partitions, OffsetSpec.latest(), READ_COMMITTED);
    ListOffsetsResult ends = ask(partitions, OffsetSpec.latest(), READ_UNCOMMITTED);
    Map<TopicPartition, Log> logs = new HashMap<>();
    for (TopicPartition partition : partitions) {
      try {
        long start = starts.partitionResult(partition).get().offset();
        long end = ends.partitionResult(partition).get().offset();
        long stable = stables.partitionResult(partition).get().offset();
        logs.put(partition, new Log(start, stable, end));
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          unread.add(partition.toString(), e);
        }
      }
    }
    unread.throwIfAll(logs.size());
    return logs;
  }

  private ListOffsetsResult ask(
      Collection<TopicPartition> partitions, OffsetSpec spec, IsolationLevel isolation) {
    return admin.listOffsets(
        partitions.stream().collect(Collectors.toMap(partition -> partition, one -> spec)),
        new ListOffsetsOptions(isolation));
  }
}
