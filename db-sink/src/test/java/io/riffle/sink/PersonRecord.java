package io.riffle.sink;

import io.riffle.schemas.avro.RecordSchemas;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A merged person under construction. */
final class PersonRecord {
  private final Map<String, Object> columns = new HashMap<>();
  private final List<Map<String, Object>> lines = new ArrayList<>();
  private final List<Map<String, Object>> history = new ArrayList<>();

  PersonRecord(long key) {
    with("bene_id", key);
  }

  /** A column of the person. */
  PersonRecord with(String column, Object value) {
    columns.put(column, value);
    return this;
  }

  /** The reference year of the newest record. */
  PersonRecord ofYear(long year) {
    return with("rfrnc_yr", Encoder.decimal(year));
  }

  /** A year with the columns of its months that are not null. */
  PersonRecord year(long year, Map<String, Object> months) {
    Map<String, Object> line = new HashMap<>(months);
    line.put("rfrnc_yr", Encoder.decimal(year));
    lines.add(line);
    return this;
  }

  /** What came without a year. */
  PersonRecord noYear(Map<String, Object> months) {
    lines.add(months);
    return this;
  }

  /** A former identity, by the record that showed it last. */
  PersonRecord former(String record, Map<String, Object> identity) {
    Map<String, Object> row = new HashMap<>(identity);
    row.put(RecordSchemas.HISTORY_RECORD, record);
    history.add(row);
    return this;
  }

  long key() {
    return (Long) columns.get("bene_id");
  }

  long linesHash() {
    return Objects.hash(lines, history);
  }

  Map<String, Object> columns() {
    return columns;
  }

  List<Map<String, Object>> lines() {
    return lines;
  }

  List<Map<String, Object>> history() {
    return history;
  }
}
