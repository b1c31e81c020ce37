package io.riffle.operations.lag;

import java.time.Instant;
import java.util.List;

/**
 * All groups at one moment, by name.
 *
 * @param unread groups and partitions that Kafka did not tell of, each with the name of its error
 */
public record LagSnapshot(Instant at, List<GroupLag> groups, List<String> unread) {

  /** One that has everything. */
  public LagSnapshot(Instant at, List<GroupLag> groups) {
    this(at, groups, List.of());
  }
}
