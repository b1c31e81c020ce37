package io.riffle.sink.offsets;

import java.util.UUID;

/**
 * A partition as the brokers see it now.
 *
 * @param partitions partitions of the topic
 * @param start first offset that is still there
 * @param end offset behind the last record (high watermark)
 */
public record LogFacts(UUID topicId, int partitions, long start, long end) {
  /** Whether retention has removed everything. */
  boolean isEmpty() {
    return start == end;
  }
}
