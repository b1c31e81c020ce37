package io.riffle.operations.replay;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Where a time stands on partitions. */
final class TimeOffsets {
  private TimeOffsets() {}

  /** Offsets of the first records of that time or later; none for a partition without such. */
  static Map<TopicPartition, Long> at(
      Map<String, String> kafka, Collection<TopicPartition> partitions, Instant time) {
    OffsetSpec spec = OffsetSpec.forTimestamp(time.toEpochMilli());
    try (Admin admin = Admin.create(new HashMap<>(kafka))) {
      Map<TopicPartition, Long> offsets = new HashMap<>();
      admin
          .listOffsets(partitions.stream().collect(Collectors.toMap(one -> one, one -> spec)))
          .all()
          .get()
          .forEach(
              (partition, found) -> {
                if (found.offset() >= 0) {
                  offsets.put(partition, found.offset());
                }
              });
      return offsets;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ReplayException("interrupted", e);
    } catch (ExecutionException e) {
      throw new ReplayException("Kafka does not tell where " + time + " is", e.getCause());
    }
  }
}
