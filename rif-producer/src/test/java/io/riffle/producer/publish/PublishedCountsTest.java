package io.riffle.producer.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

final class PublishedCountsTest {

  @Test
  void partitionsAsKafkaDoes() {
    PublishedCounts counts = new PublishedCounts(7);
    long[] expected = new long[7];
    for (long key = -500; key < 500; key++) {
      byte[] bytes = Long.toString(key).getBytes(StandardCharsets.UTF_8);
      int partition = BuiltInPartitioner.partitionForKey(bytes, 7);
      expected[partition]++;
      assertThat(counts.count(bytes)).isEqualTo(partition);
    }
    assertThat(counts.perPartition())
        .containsExactly(java.util.Arrays.stream(expected).boxed().toArray(Long[]::new));
  }
}
