package io.riffle.infra.generate;

import io.riffle.infra.generate.GenerateRequest.Entry;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Kind;
import io.riffle.schemas.layout.Level;
import io.riffle.schemas.layout.Lines;
import io.riffle.schemas.layout.Role;
import java.io.IOException;
import java.io.Writer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes the header row and the records of one RIF file. */
final class RifFileGenerator {

  private final RifFile file;
  private final RecordGenerator records;
  private final List<Column> columns;

  private long recordsWritten;
  private long rows;
  private long months;
  private long formerIdentities;

  RifFileGenerator(GenerateRequest request, RifFile file) {
    this.file = file;
    this.records = file.records(request);
    this.columns = columns(request, file.entry());
  }

  /** The columns of the file's header row. */
  private static List<Column> columns(GenerateRequest request, Entry entry) {
    Set<Column> backfilled = new HashSet<>(entry.backfilledColumns());
    return entry.layout().fileColumns().stream()
        .filter(
            column ->
                entry.merge()
                    ? backfilled.contains(column) || isKey(column)
                    : !(request.olderLayout() && backfilled.contains(column)))
        .toList();
  }

  private static boolean isKey(Column column) {
    return column.role() == Role.KEY || column.role() == Role.LINE_KEY;
  }

  /**
   * Writes the file.
   *
   * @param name that it is known by
   * @param lastLineEnd whether the last row ends in a line feed; real files often lack it
   */
  GeneratedFile write(String name, Writer out, boolean lastLineEnd) throws IOException {
    out.write(String.join("|", columns.stream().map(Column::name).toList()));
    for (long n = records.first(); n < records.first() + records.count(); n++) {
      write(records.record(n), out);
    }
    if (lastLineEnd) {
      out.write('\n');
    }
    return new GeneratedFile(
        name, file.entry().type(), recordsWritten, rows, months, formerIdentities);
  }

  private void write(GeneratedRecord record, Writer out) throws IOException {
    String[] fields = new String[columns.size()];
    for (int row = 1; row <= record.rows(); row++) {
      for (int i = 0; i < fields.length; i++) {
        if (row == 1 || !isShared(columns.get(i))) {
          fields[i] = field(record, columns.get(i), row);
        }
      }
      out.write('\n');
      out.write(String.join("|", fields));
    }
    count(record);
  }

  private String field(GeneratedRecord record, Column column, int row) {
    return column.kind() == Kind.ACTION ? file.action() : record.field(column, row);
  }

  /** Whether all rows of a record repeat the column's field. */
  private boolean isShared(Column column) {
    return rowsAreLines() && column.level() == Level.HEADER;
  }

  private boolean rowsAreLines() {
    return file.entry().layout().lines() == Lines.ROWS;
  }

  private void count(GeneratedRecord record) {
    recordsWritten += rowsAreLines() ? 1 : record.rows();
    rows += record.rows();
    months += record.months();
    formerIdentities += record.formerIdentities();
  }
}
