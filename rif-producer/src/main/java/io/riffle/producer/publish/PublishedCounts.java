package io.riffle.producer.publish;

import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Utils;

/** Accepted records per partition of a raw topic. */
final class PublishedCounts {

  private final long[] counts;

  PublishedCounts(int partitions) {
    this.counts = new long[partitions];
  }

  int partitions() {
    return counts.length;
  }

  /** Counts a record and gives its partition: that of Kafka's default partitioner. */
  int count(byte[] key) {
    int partition = Utils.toPositive(Utils.murmur2(key)) % counts.length;
    counts[partition]++;
    return partition;
  }

  List<Long> perPartition() {
    return Arrays.stream(counts).boxed().toList();
  }
}
