package io.riffle.operations.record;

import java.time.Instant;
import java.util.Optional;

/**
 * The part of a partition that a scan saw.
 *
 * @param oldest the oldest offset that there is
 * @param from first offset that was seen
 * @param to behind the last one
 * @param since time of the first record in it, of whichever key; empty when it has none
 */
public record Window(
    String topic, int partition, long oldest, long from, long to, Optional<Instant> since) {

  /** Whether every record that ever was on the partition was seen. */
  public boolean isComplete() {
    return from == 0;
  }

  /** Whether there are older records that were not read. */
  public boolean isCut() {
    return from > oldest;
  }
}
