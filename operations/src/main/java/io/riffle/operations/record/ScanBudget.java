package io.riffle.operations.record;

import java.time.Duration;

/**
 * How much of the raw topics may be read.
 *
 * @param bytes of records, all in all; what was begun is read to its end
 * @param time all in all
 */
public record ScanBudget(long bytes, Duration time) {

  /** An equal part of it for one of several topics. */
  ScanBudget share(int topics) {
    return new ScanBudget(bytes / topics, time.dividedBy(topics));
  }
}
