package io.riffle.producer.rif;

import io.riffle.schemas.control.Reject;

/**
 * How much of a file is looked at or kept at once. Only tests have others than {@link #DEFAULT}.
 *
 * @param row most bytes of a row, its line end included
 * @param record most bytes of the rows of a record
 * @param raw most bytes that are kept of a rejected record
 * @param window bytes that are in memory at first
 */
record ReadLimits(int row, long record, int raw, int window) {

  /**
   * 1 MiB a row, 4 MiB a record, 1 MiB of a rejected one; a window that a processor's cache holds.
   */
  static final ReadLimits DEFAULT = new ReadLimits(1 << 20, 4L << 20, Reject.MAX_RAW, 256 << 10);

  /** Most bytes in memory: enough to decide where any row ends, and some to move on by. */
  int largestWindow() {
    return row + Math.max(window, 4);
  }
}
