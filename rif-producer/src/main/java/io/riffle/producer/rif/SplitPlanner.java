package io.riffle.producer.rif;

import io.riffle.producer.rif.FileProblem.Reason;
import io.riffle.producer.rif.RowScanner.Found;
import io.riffle.schemas.layout.Layout;
import java.util.List;
import java.util.Optional;

/**
 * Reads a file once, in whatever chunks it comes, and cuts it into splits between records. Memory
 * is bounded whatever the file holds. For one file and one thread.
 */
public final class SplitPlanner {

  private static final long FIRST_ROW_LINE = 2;

  /** Bytes within which the header row must end: more than any header that is good has. */
  private static final int MAX_HEADER = 128 << 10;

  private final Layout layout;
  private final boolean merge;
  private final UnknownColumns unknown;
  private final SplitLimits limits;
  private final ReadLimits readLimits;
  private final RowWindow window;
  private Optional<HeaderReading> header = Optional.empty();
  private RowScanner rows;
  private RecordBorders borders;
  private SplitTally tally;

  /**
   * A planner for one file.
   *
   * @param merge whether the file is of a {@code _MERGE} entry
   */
  public SplitPlanner(Layout layout, boolean merge, UnknownColumns unknown, SplitLimits limits) {
    this(layout, merge, unknown, limits, ReadLimits.DEFAULT);
  }

  SplitPlanner(
      Layout layout,
      boolean merge,
      UnknownColumns unknown,
      SplitLimits limits,
      ReadLimits readLimits) {
    this.layout = layout;
    this.merge = merge;
    this.unknown = unknown;
    this.limits = limits;
    this.readLimits = readLimits;
    this.window = new RowWindow(readLimits);
  }

  /**
   * The next bytes of the (decompressed) file. Bytes after a problem was found are read over.
   *
   * @return whether it makes sense to go on: false once a problem is known
   */
  public boolean accept(byte[] buffer, int from, int to) {
    int at = from;
    while (at < to && !hasProblem()) {
      at += window.put(buffer, at, to);
      if (window.isFull()) {
        readWindow();
        window.makeRoom();
      }
    }
    return !hasProblem();
  }

  /** The file has ended. */
  public FileReading finish() {
    window.ended = true;
    readWindow();
    if (header.orElseThrow() instanceof FileProblem problem) {
      return problem;
    }
    tally.end(window.offsetOf(window.limit));
    return plan((HeaderPlan) header.get());
  }

  private FilePlan plan(HeaderPlan plan) {
    List<PlannedSplit> splits = tally.splits();
    long rowCount = splits.stream().mapToLong(PlannedSplit::rows).sum();
    long recordCount = splits.stream().mapToLong(PlannedSplit::records).sum();
    return new FilePlan(plan.names(), plan.schema(), splits, rowCount, recordCount);
  }

  private boolean hasProblem() {
    return header.filter(FileProblem.class::isInstance).isPresent();
  }

  private void readWindow() {
    if (header.isEmpty()) {
      readHeader();
    }
    if (tally != null) {
      readRows();
    }
  }

  private void readHeader() {
    int end = lineFeed();
    boolean found = end < window.limit;
    if (!found && !window.ended && window.limit < MAX_HEADER) {
      return;
    }
    HeaderReading reading =
        window.ended && isEmpty()
            ? FileProblem.ofHeader(Reason.EMPTY_FILE, "the file is empty")
            : HeaderPlan.read(window.bytes, 0, end, layout, merge, unknown);
    header = Optional.of(reading);
    if (reading instanceof HeaderPlan plan) {
      window.position = found ? end + 1 : end;
      startRows(plan);
    }
  }

  private int lineFeed() {
    int at = 0;
    while (at < window.limit && window.bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  private boolean isEmpty() {
    return window.limit == FileMagic.byteOrderMark(window.bytes, 0, window.limit);
  }

  private void startRows(HeaderPlan plan) {
    rows = new RowScanner(window, plan.fields(), plan.key().field + 1, readLimits);
    rows.restart(FIRST_ROW_LINE);
    borders = new RecordBorders(plan);
    tally =
        new SplitTally(
            limits.perRow(plan.hashes()), window.offsetOf(window.position), FIRST_ROW_LINE);
  }

  private void readRows() {
    while (rows.next() == Found.ROW) {
      boolean starts = borders.startsRecord(window.bytes, rows);
      tally.row(window.offsetOf(rows.start), rows.line, starts, rows.isBlank());
    }
  }
}
