package io.riffle.producer.rif;

import io.riffle.producer.hash.TextHashes;
import io.riffle.schemas.control.Origin;
import io.riffle.schemas.control.RejectReason;
import io.riffle.schemas.layout.Column;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Puts rows together to records and hands these on: accepted, deleted or rejected. */
final class RecordAssembler {

  private final long maxRecord;
  private final RowWindow window;
  private final RowScanner rows;
  private final RawRecord raw;
  private final RowCheck check;
  private final RecordBuffer buffer;
  private final RowEncoder encoder;

  private SplitPlace place;
  private RecordReceiver receiver;
  private long records;
  private long accepted;
  private long acceptedRows;
  private long rejected;
  private long rejectedRows;

  private long recordLine;
  private long recordRows;
  private long recordBytes;
  private RejectReason problem;
  private Optional<Column> problemColumn = Optional.empty();
  private long problemLine;

  RecordAssembler(
      HeaderPlan plan,
      RowWindow window,
      RowScanner rows,
      ReadLimits limits,
      int reserved,
      TextHashes hashes) {
    this.maxRecord = limits.record();
    this.window = window;
    this.rows = rows;
    this.raw = new RawRecord(window, limits);
    this.check = new RowCheck(plan);
    this.buffer = new RecordBuffer(plan.hasLines(), reserved);
    this.encoder = new RowEncoder(plan, buffer, hashes);
  }

  /** The split whose rows follow. */
  void enter(SplitPlace split, RecordReceiver to) {
    place = split;
    receiver = to;
    buffer.enter(split);
    records = 0;
    accepted = 0;
    acceptedRows = 0;
    rejected = 0;
    rejectedRows = 0;
    recordRows = 0;
    raw.start(0);
  }

  /** The window is about to drop what was read. */
  void keepRaw() {
    raw.keep(window.position);
  }

  /** The window dropped it. */
  void windowMoved() {
    raw.moved();
  }

  /** The row that the scanner stands at. */
  void row(boolean startsRecord) {
    if (startsRecord) {
      finish(rows.start);
      start();
    }
    recordRows++;
    recordBytes += rows.next - rows.start;
    if (problem == null) {
      read();
    }
  }

  private void start() {
    recordLine = rows.line;
    recordBytes = 0;
    problem = null;
    raw.start(rows.start);
  }

  private void read() {
    byte[] bytes = window.bytes;
    RejectReason broken =
        recordBytes > maxRecord ? RejectReason.RECORD_TOO_LARGE : check.problem(bytes, rows);
    if (broken != null) {
      reject(broken, check.culprit(bytes, rows, broken));
      return;
    }
    RejectReason wrong = encoder.write(bytes, rows, recordRows == 1);
    if (wrong != null) {
      reject(wrong, Optional.of(encoder.culprit()));
    }
  }

  private void reject(RejectReason reason, Optional<Column> column) {
    problem = reason;
    problemColumn = column;
    problemLine = rows.line;
  }

  /** The record before ends at a place in the window. */
  void finish(int end) {
    if (recordRows == 0) {
      return;
    }
    checkLineNumbers();
    records++;
    RecordPosition position =
        new RecordPosition(place.first().record() + records - 1, recordLine, recordRows);
    if (problem == null) {
      accept(position);
    } else {
      reject(position, end);
    }
    recordRows = 0;
  }

  private void checkLineNumbers() {
    long repeatedAt = problem == null ? encoder.repeatedLineAt() : 0;
    if (repeatedAt > 0) {
      problem = RejectReason.LINE_REPEATED;
      problemColumn = encoder.lineColumn();
      problemLine = repeatedAt;
    }
  }

  private void accept(RecordPosition position) {
    accepted++;
    acceptedRows += position.rows();
    byte[] key = Long.toString(encoder.key()).getBytes(StandardCharsets.ISO_8859_1);
    if (encoder.isDelete()) {
      receiver.deleted(key, origin(position));
    } else {
      receiver.accepted(key, buffer.finish(position), position);
    }
  }

  private Origin origin(RecordPosition position) {
    return new Origin(
        place.file(),
        place.attempt(),
        place.first().at(position.number()),
        position.line(),
        Math.toIntExact(position.rows()));
  }

  private void reject(RecordPosition position, int end) {
    rejected++;
    rejectedRows += position.rows();
    receiver.rejected(
        new RejectedRecord(
            position, problem, problemColumn.map(Column::source), problemLine, raw.copy(end)));
  }

  SplitTotals totals() {
    return new SplitTotals(accepted, acceptedRows, rejected, rejectedRows);
  }
}
