package io.riffle.operations.replay;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** Where records of a key stand: by Kafka's default, the hash of the key's text. */
final class KeyPartition {
  private KeyPartition() {}

  static int of(long key, int partitions) {
    byte[] text = Long.toString(key).getBytes(StandardCharsets.US_ASCII);
    return Utils.toPositive(Utils.murmur2(text)) % partitions;
  }
}
