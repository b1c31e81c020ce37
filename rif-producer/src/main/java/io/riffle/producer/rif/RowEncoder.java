package io.riffle.producer.rif;

import io.riffle.producer.hash.TextHashes;
import io.riffle.schemas.control.RejectReason;
import io.riffle.schemas.layout.Column;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Writes whole rows: the first row of a record gives its columns, each row gives a line. */
final class RowEncoder {

  private static final byte[] INSERT = "INSERT".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] UPDATE = "UPDATE".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DELETE = "DELETE".getBytes(StandardCharsets.US_ASCII);

  private final HeaderPlan plan;
  private final RecordBuffer buffer;
  private final AvroBuffer out;
  private final PlainFields plainFields;
  private final FieldEncoder fields;
  private final FieldText text = new FieldText();
  private final WholeNumber key = new WholeNumber();
  private final LineNumbers lineNumbers = new LineNumbers();
  private final PlannedColumn[] recordColumns;
  private final PlannedColumn[] lineColumns;
  private final PlannedColumn[] checkedRecordColumns;
  private final PlannedColumn[] checkedLineColumns;
  private final PlannedColumn keyColumn;
  private final boolean hasLines;
  private final int actionField;
  private final int overhead;

  private boolean delete;
  private PlannedColumn culprit;

  RowEncoder(HeaderPlan plan, RecordBuffer buffer, TextHashes hashes) {
    this.plan = plan;
    this.buffer = buffer;
    this.out = buffer.out();
    this.plainFields = new PlainFields(out);
    this.fields = new FieldEncoder(out, hashes);
    this.recordColumns = plan.recordColumns();
    this.lineColumns = plan.hasLines() ? plan.lineColumns() : new PlannedColumn[0];
    this.checkedRecordColumns = plan.checkedRecordColumns();
    this.checkedLineColumns = plan.checkedLineColumns();
    this.keyColumn = plan.key();
    this.hasLines = plan.hasLines();
    this.actionField = plan.action().map(action -> action.field).orElse(-1);
    this.overhead =
        overhead(recordColumns)
            + overhead(lineColumns)
            + overhead(checkedRecordColumns)
            + overhead(checkedLineColumns);
  }

  private static int overhead(PlannedColumn[] columns) {
    return Arrays.stream(columns).mapToInt(FieldEncoder::overhead).sum();
  }

  /** Writes a row that is whole; null when that went well, else what is wrong with it. */
  RejectReason write(byte[] bytes, RowScanner rows, boolean first) {
    RejectReason wrong = first ? writeFirst(bytes, rows) : null;
    if (wrong != null || delete || !hasLines) {
      return wrong;
    }
    out.ensure(rows.end - rows.start + overhead);
    wrong = writeColumns(lineColumns, bytes, rows);
    return wrong == null ? check(checkedLineColumns, bytes, rows) : wrong;
  }

  private RejectReason writeFirst(byte[] bytes, RowScanner rows) {
    buffer.clear();
    lineNumbers.clear();
    out.ensure(rows.end - rows.start + overhead);
    RejectReason wrong = readKey(bytes, rows);
    if (wrong == null) {
      wrong = readAction(bytes, rows);
    }
    if (wrong == null && !delete) {
      wrong = writeRecord(bytes, rows);
    }
    return wrong;
  }

  private RejectReason writeRecord(byte[] bytes, RowScanner rows) {
    RejectReason wrong = writeColumns(recordColumns, bytes, rows);
    if (wrong == null) {
      wrong = check(checkedRecordColumns, bytes, rows);
    }
    buffer.linesStart();
    return wrong;
  }

  /** What is written to see whether it can be is taken back. */
  private RejectReason check(PlannedColumn[] columns, byte[] bytes, RowScanner rows) {
    int end = out.position;
    RejectReason wrong = writeColumns(columns, bytes, rows);
    out.position = end;
    return wrong;
  }

  private RejectReason readKey(byte[] bytes, RowScanner rows) {
    culprit = keyColumn;
    text.select(bytes, rows, keyColumn.field);
    return RecordBorders.isBlank(text)
        ? RejectReason.KEY_MISSING
        : key.read(text.bytes, text.from, text.to);
  }

  private RejectReason readAction(byte[] bytes, RowScanner rows) {
    delete = false;
    if (actionField < 0) {
      return null;
    }
    culprit = plan.action().orElseThrow();
    text.select(bytes, rows, actionField);
    delete = plan.mayDelete() && isText(DELETE);
    return delete || isText(INSERT) || isText(UPDATE) ? null : RejectReason.UNKNOWN_ACTION;
  }

  private boolean isText(byte[] word) {
    return Arrays.equals(word, 0, word.length, text.bytes, text.from, text.to);
  }

  private RejectReason writeColumns(PlannedColumn[] columns, byte[] bytes, RowScanner rows) {
    boolean marks = rows.hasMarks();
    for (PlannedColumn column : columns) {
      int from = rows.fieldStart(column.field);
      int to = rows.fieldEnd(column.field);
      if (marks || !plainFields.write(column, bytes, from, to)) {
        RejectReason wrong = writeField(column, bytes, from, to, rows);
        if (wrong != null) {
          culprit = column;
          return wrong;
        }
      }
    }
    return null;
  }

  private RejectReason writeField(
      PlannedColumn column, byte[] bytes, int from, int to, RowScanner rows) {
    RejectReason wrong;
    if (rows.hasMarks()) {
      text.select(bytes, rows, column.field);
      wrong = fields.write(column, text.bytes, text.from, text.to);
    } else {
      wrong = fields.write(column, bytes, from, to);
    }
    if (column.isLineKey && wrong == null) {
      lineNumbers.add(fields.wholeNumber(), rows.line);
    }
    return wrong;
  }

  /** The column of the last problem. */
  Column culprit() {
    return culprit.column;
  }

  /** The natural key of the record. */
  long key() {
    return key.value;
  }

  /** Whether the record deletes its key. */
  boolean isDelete() {
    return delete;
  }

  /** Line of the file at which a line number comes for the second time, 0 when none does. */
  long repeatedLineAt() {
    return delete || !hasLines ? 0 : lineNumbers.repeatedAt();
  }

  Optional<Column> lineColumn() {
    return plan.lineKey().map(planned -> planned.column);
  }
}
