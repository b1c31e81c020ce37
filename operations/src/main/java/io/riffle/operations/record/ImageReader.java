package io.riffle.operations.record;

import io.riffle.operations.record.MergedImage.Field;
import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.Merge;
import io.riffle.schemas.control.Version;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.History;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Lines;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;

/** Reads decoded merged records of a type as the rows that the sink writes for them. */
final class ImageReader {
  private static final ControlCodec<Merge> MERGE = ControlCodec.of(Merge.class);
  private static final int MONTHS = 12;

  private final Layout layout;

  ImageReader(Layout layout) {
    this.layout = layout;
  }

  MergedImage read(GenericRecord record) {
    Merge merge = MERGE.fromAvro((GenericRecord) record.get(RecordSchemas.MERGE));
    Setters setters = new Setters(merge, layout);
    SortedMap<RowId, Map<String, Field>> rows = new TreeMap<>();
    Map<String, Field> own = new LinkedHashMap<>();
    rows.put(RowId.RECORD, own);
    for (Column column : layout.headerColumns()) {
      own.put(
          column.sqlName(),
          field(record, column, setters.ofRecord(column), Optional.of(merge.full())));
    }
    for (GenericRecord line : items(record, RecordSchemas.LINES)) {
      if (layout.lines() == Lines.YEARS) {
        putYear(line, setters, rows);
      } else {
        putLine(line, setters, rows);
      }
    }
    putNoMonths(own);
    layout.history().ifPresent(history -> putHistory(record, history, rows));
    return new MergedImage(merge, rows);
  }

  private void putLine(
      GenericRecord line, Setters setters, SortedMap<RowId, Map<String, Field>> rows) {
    int number = ((Number) line.get(layout.lineKey().orElseThrow().sqlName())).intValue();
    Map<String, Field> fields = new LinkedHashMap<>();
    for (Column column : layout.lineColumns()) {
      fields.put(
          column.sqlName(),
          field(line, column, setters.ofLine(number, column), Optional.of(setters.full())));
    }
    rows.put(RowId.line(number), fields);
  }

  /** Months are rows where they have a value; those of the person's own year are in its row too. */
  private void putYear(
      GenericRecord line, Setters setters, SortedMap<RowId, Map<String, Field>> rows) {
    Column key = layout.lineKey().orElseThrow();
    Optional<String> year = FieldValue.text(key, line.get(key.sqlName()));
    int number = year.map(Integer::parseInt).orElse(Setters.NO_YEAR);
    Map<String, Field> fields = new LinkedHashMap<>();
    for (Column column : layout.lineColumns()) {
      if (!column.equals(key)) {
        fields.put(
            column.sqlName(),
            field(line, column, setters.ofYear(number, column), setters.base(number)));
      }
    }
    Map<String, Field> own = rows.get(RowId.RECORD);
    if (own.get(key.sqlName()).value().equals(year)) {
      own.putAll(fields);
    }
    for (int month = 1; month <= MONTHS && year.isPresent(); month++) {
      putMonth(LocalDate.of(number, month, 1), fields, rows);
    }
  }

  /** A person whose own year no record has months of: the row's are null. */
  private void putNoMonths(Map<String, Field> own) {
    for (Column column : layout.tableColumns()) {
      own.putIfAbsent(
          column.sqlName(),
          new Field(column, Optional.empty(), Optional.empty(), Optional.empty()));
    }
  }

  private void putMonth(
      LocalDate month, Map<String, Field> year, SortedMap<RowId, Map<String, Field>> rows) {
    Map<String, Field> fields = new LinkedHashMap<>();
    layout
        .months()
        .forEach(
            (name, columns) ->
                fields.put(name, year.get(columns.get(month.getMonthValue() - 1).sqlName())));
    if (fields.values().stream().anyMatch(field -> field.value().isPresent())) {
      rows.put(RowId.month(month.toString()), fields);
    }
  }

  private static void putHistory(
      GenericRecord record, History history, SortedMap<RowId, Map<String, Field>> rows) {
    for (GenericRecord row : items(record, RecordSchemas.HISTORY)) {
      String shownBy = row.get(RecordSchemas.HISTORY_RECORD).toString();
      Optional<Version> version = Optional.of(Versions.parse(shownBy));
      Map<String, Field> fields = new LinkedHashMap<>();
      for (Column column : history.columns()) {
        fields.put(column.sqlName(), field(row, column, version, Optional.empty()));
      }
      rows.put(RowId.history(shownBy), fields);
    }
  }

  /** A record of an older layout may lack a column. */
  private static Field field(
      GenericRecord of, Column column, Optional<Version> setBy, Optional<Version> base) {
    Object value = of.hasField(column.sqlName()) ? of.get(column.sqlName()) : null;
    return new Field(column, FieldValue.text(column, value), setBy, base);
  }

  private static List<GenericRecord> items(GenericRecord record, String array) {
    return record.hasField(array)
        ? ((List<?>) record.get(array)).stream().map(GenericRecord.class::cast).toList()
        : List.of();
  }
}
