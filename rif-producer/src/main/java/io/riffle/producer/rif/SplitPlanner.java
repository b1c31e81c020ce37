package io.riffle.producer.rif;

import io.riffle.schemas.layout.Layout;

/**
 * Reads a file once, in whatever chunks it comes, and cuts it into splits between records. Memory
 * is bounded whatever the file holds. For one file and one thread.
 */
public final class SplitPlanner {

  /**
   * A planner for one file.
   *
   * @param merge whether the file is of a {@code _MERGE} entry
   */
  public SplitPlanner(Layout layout, boolean merge, UnknownColumns unknown, SplitLimits limits) {
    throw new UnsupportedOperationException(layout + " " + merge + unknown + limits);
  }

  /**
   * The next bytes of the (decompressed) file. Bytes after a problem was found are read over.
   *
   * @return whether it makes sense to go on: false once a problem is known
   */
  public boolean accept(byte[] buffer, int from, int to) {
    throw new UnsupportedOperationException(buffer.length + " " + from + to);
  }

  /** The file has ended. */
  public FileReading finish() {
    throw new UnsupportedOperationException();
  }
}
