package io.riffle.merge.record;

/** A row whose structure was checked, and where its parts stand. */
public final class RowScan {
  private final byte[] bytes;
  private final int start;
  private final int headerEnd;
  private final boolean hasLines;
  private final LineScan lines;

  RowScan(byte[] bytes, int start, int headerEnd, boolean hasLines, LineScan lines) {
    this.bytes = bytes;
    this.start = start;
    this.headerEnd = headerEnd;
    this.hasLines = hasLines;
    this.lines = lines;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Of the first header field. */
  int start() {
    return start;
  }

  /** Behind the last header field. */
  int headerEnd() {
    return headerEnd;
  }

  /** Whether the schema has lines at all. */
  boolean hasLines() {
    return hasLines;
  }

  LineScan lines() {
    return lines;
  }
}
