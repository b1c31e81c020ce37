package io.riffle.operations.record;

import io.riffle.schemas.control.Merge;
import io.riffle.schemas.control.Version;
import io.riffle.schemas.layout.Column;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A merged record as the rows of the tables that it stands for, each field with the delivered
 * record that set it.
 *
 * @param merge the record's envelope
 * @param rows by row, then by the table's column
 */
public record MergedImage(Merge merge, SortedMap<RowId, Map<String, Field>> rows) {

  /**
   * A field of a row.
   *
   * @param column of the layout
   * @param value as text; empty is null
   * @param setBy version of the record that set it; empty when no record had the column
   * @param base the newest FULL record of the row
   */
  public record Field(
      Column column, Optional<String> value, Optional<Version> setBy, Optional<Version> base) {

    /** Whether the newest FULL record left it alone, and so what an older record said stayed. */
    public boolean isInherited() {
      return setBy.isPresent() && base.isPresent() && base.get().isNewerThan(setBy.get());
    }
  }

  public MergedImage {
    SortedMap<RowId, Map<String, Field>> copy = new TreeMap<>();
    rows.forEach((id, fields) -> copy.put(id, new LinkedHashMap<>(fields)));
    rows = Collections.unmodifiableSortedMap(copy);
  }

  /** The field, if the record has the row and the row the column. */
  Optional<Field> field(RowId row, String column) {
    return Optional.ofNullable(rows.get(row)).map(fields -> fields.get(column));
  }

  /** Values are health data. */
  @Override
  public String toString() {
    return "MergedImage[" + rows.size() + " rows]";
  }
}
