package io.riffle.merge.topology;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** A value and the partition it must go to: that of the task, whatever the key. */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record Outgoing(int partition, byte[] value) {

  static final Serializer<Outgoing> SERIALIZER = (topic, outgoing) -> outgoing.value();

  static final StreamPartitioner<byte[], Outgoing> PARTITIONER =
      (topic, key, outgoing, partitions) -> Optional.of(Set.of(outgoing.partition()));

  @Override
  public String toString() {
    return "Outgoing[" + partition + ", " + value.length + " bytes]";
  }
}
