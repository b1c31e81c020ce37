package io.riffle.producer.rif;

import io.riffle.schemas.control.Version;

/**
 * The Avro value of one record. Its columns are written first, behind a gap; then the origin, whose
 * length is known last, goes right in front of them. One byte is left for the number of lines.
 */
final class RecordBuffer {

  /** Most bytes of an origin: nine numbers. */
  private static final int MAX_ORIGIN = 9 * AvroBuffer.MAX_LONG;

  private static final int FIRST_CAPACITY = 16 << 10;

  private final AvroBuffer out = new AvroBuffer(FIRST_CAPACITY);
  private final AvroBuffer origin = new AvroBuffer(MAX_ORIGIN);
  private final int columnsAt;
  private final boolean hasLines;
  private SplitPlace place;
  private int countAt;

  RecordBuffer(boolean hasLines, int reserved) {
    this.hasLines = hasLines;
    this.columnsAt = reserved + MAX_ORIGIN;
  }

  /** Where columns are written to. */
  AvroBuffer out() {
    return out;
  }

  /** The split whose records follow. */
  void enter(SplitPlace split) {
    place = split;
  }

  /** A record starts. */
  void clear() {
    out.position = 0;
    out.ensure(columnsAt);
    out.position = columnsAt;
  }

  /** The columns of the record itself are written. */
  void linesStart() {
    if (hasLines) {
      countAt = out.position++;
    }
  }

  /** The record is complete. */
  EncodedValue finish(RecordPosition position) {
    if (hasLines) {
      out.ensure(2 * AvroBuffer.MAX_LONG);
      writeCount(position.rows());
      out.writeByte(0);
    }
    writeOrigin(position);
    int from = columnsAt - origin.position;
    System.arraycopy(origin.bytes, 0, out.bytes, from, origin.position);
    return new EncodedValue(out.bytes, from, out.position);
  }

  /** A count of more than one byte pushes the lines on. */
  private void writeCount(long lines) {
    origin.position = 0;
    origin.writeLong(lines);
    int more = origin.position - 1;
    if (more > 0) {
      int behind = countAt + 1;
      System.arraycopy(out.bytes, behind, out.bytes, behind + more, out.position - behind);
    }
    System.arraycopy(origin.bytes, 0, out.bytes, countAt, origin.position);
    out.position += more;
  }

  private void writeOrigin(RecordPosition position) {
    Version first = place.first();
    origin.position = 0;
    origin.writeLong(place.file());
    origin.writeLong(place.attempt());
    origin.writeLong(first.instant());
    origin.writeLong(first.feed());
    origin.writeLong(first.sequence());
    origin.writeLong(first.entry());
    origin.writeLong(position.number());
    origin.writeLong(position.line());
    origin.writeLong(position.rows());
  }
}
