package io.riffle.producer.rif;

import java.util.ArrayList;
import java.util.List;

/**
 * Gathers records into splits. What comes behind the last row that is not blank is taken back at
 * the end.
 */
final class SplitTally {

  private final SplitLimits limits;
  private final List<PlannedSplit> closed = new ArrayList<>();
  private PlannedSplit open;
  private long recordStart;
  private long recordLine;
  private long recordRows;
  private boolean recordBlank;

  private int keptClosed;
  private PlannedSplit keptOpen;

  SplitTally(SplitLimits limits, long start, long line) {
    this.limits = limits;
    this.open = new PlannedSplit(start, start, line, 1, 0, 0);
    this.keptOpen = open;
  }

  /** A row at a place of the file. */
  void row(long offset, long line, boolean startsRecord, boolean blank) {
    if (startsRecord) {
      closeRecord(offset);
      recordStart = offset;
      recordLine = line;
      recordBlank = blank;
    }
    recordRows++;
  }

  private void closeRecord(long end) {
    if (recordRows == 0) {
      return;
    }
    if (open.records() > 0 && !fits(end)) {
      closed.add(open);
      open =
          new PlannedSplit(
              recordStart, recordStart, recordLine, open.firstRecord() + open.records(), 0, 0);
    }
    open =
        new PlannedSplit(
            open.start(),
            end,
            open.line(),
            open.firstRecord(),
            open.records() + 1,
            open.rows() + recordRows);
    recordRows = 0;
    if (!recordBlank) {
      keep();
    }
  }

  private boolean fits(long end) {
    return end - open.start() <= limits.bytes() && open.rows() + recordRows <= limits.rows();
  }

  private void keep() {
    keptClosed = closed.size();
    keptOpen = open;
  }

  /** The file ended. */
  void end(long end) {
    closeRecord(end);
  }

  /** The splits, after {@link #end}. */
  List<PlannedSplit> splits() {
    List<PlannedSplit> splits = new ArrayList<>(closed.subList(0, keptClosed));
    if (keptOpen.records() > 0) {
      splits.add(keptOpen);
    }
    return splits;
  }
}
