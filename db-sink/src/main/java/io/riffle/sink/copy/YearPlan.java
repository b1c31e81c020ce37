package io.riffle.sink.copy;

import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Layout;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;
import org.apache.avro.Schema;

/**
 * The years of a person. Each line has the months of one year side by side; they become rows of
 * months that have at least one value. The months of the year that the person's row is about are
 * also appended to that row.
 */
final class YearPlan extends ChildPlan {
  private static final int MONTHS = 12;

  private final RowPlan line;
  private final YearField lineYear;
  private final YearField personYear;
  private final int[][] cells;
  private final RowBuffer fields = new RowBuffer();
  private final int[] bounds;
  private final BitSet seen = new BitSet();
  private boolean shown;

  private YearPlan(RowPlan line, YearField personYear, int[][] cells) {
    this.line = line;
    this.lineYear = line.watchYear(0);
    this.personYear = personYear;
    this.cells = cells;
    this.bounds = new int[line.size() + 1];
  }

  /**
   * @param personYear the reference year of the person's own row
   */
  static YearPlan compile(Layout layout, Schema.Field lines, YearField personYear) {
    List<Column> columns = layout.lineColumns();
    RowPlan line =
        RowPlan.compile(
            layout.headerTable(), columns, itemsOf(lines, RecordSchemas.LINES).getFields());
    return new YearPlan(line, personYear, cells(layout, columns));
  }

  /** Which fields of a line each month has, in the order of the table of months. */
  private static int[][] cells(Layout layout, List<Column> columns) {
    List<List<Column>> byColumn = List.copyOf(layout.months().values());
    int[][] cells = new int[MONTHS][byColumn.size()];
    for (int column = 0; column < byColumn.size(); column++) {
      for (int month = 0; month < MONTHS; month++) {
        cells[month][column] = columns.indexOf(byColumn.get(column).get(month));
      }
    }
    return cells;
  }

  @Override
  void append(AvroCursor in, long key, RowBuffer record, RowBuffer out)
      throws MalformedValueException {
    seen.clear();
    shown = false;
    super.append(in, key, record, out);
    for (int column = 1; !shown && column < line.size(); column++) {
      record.putInt(-1);
    }
  }

  @Override
  void copyItem(AvroCursor in, long key, RowBuffer record, RowBuffer out)
      throws MalformedValueException {
    fields.clear();
    line.copy(in, fields, bounds);
    int year = lineYear.year();
    if (seen.get(year - YearField.NONE)) {
      throw new MalformedValueException("a year twice");
    }
    seen.set(year - YearField.NONE);
    if (year == personYear.year()) {
      record.putFrom(fields, bounds[1], fields.length());
      shown = true;
    }
    for (int month = 1; month <= MONTHS && year != YearField.NONE; month++) {
      putMonth(year, month, key, out);
    }
  }

  private void putMonth(int year, int month, long key, RowBuffer out) {
    int[] columns = cells[month - 1];
    if (!hasValue(columns)) {
      return;
    }
    startRow(2 + columns.length, key, out);
    out.putInt(Integer.BYTES);
    out.putInt(FieldCopiers.postgresDay(LocalDate.of(year, month, 1)));
    for (int column : columns) {
      out.putFrom(fields, bounds[column], bounds[column + 1]);
    }
  }

  private boolean hasValue(int[] columns) {
    for (int column : columns) {
      if (fields.intAt(bounds[column]) >= 0) {
        return true;
      }
    }
    return false;
  }
}
