package io.riffle.sink.staging;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of a staging table that come from the source.
 *
 * @param columns types by name, in the table's order
 * @param key names of the key's columns
 */
record TableStructure(Map<String, ColumnType> columns, List<String> key) {
  /** How the names of columns begin that the sink adds. */
  static final String OWN = "riffle_";

  static final String INSERTED_AT = "riffle_inserted_at";
  static final String UPDATED_AT = "riffle_updated_at";
  static final String DELETED_AT = "riffle_deleted_at";

  /** Names of columns whose value the source has not sent yet; null when there is none. */
  static final String UNSENT = "riffle_unsent";

  static final String EPOCH = "riffle_epoch";
  static final String COMMIT = "riffle_commit";
  static final String LSN = "riffle_lsn";
  static final String OFFSET = "riffle_offset";

  /** The one column of a key that cdc-source makes for a table without one. */
  static final String ROW = "riffle_row";

  static final List<String> VERSION = List.of(EPOCH, COMMIT, LSN, OFFSET);

  TableStructure {
    columns = new LinkedHashMap<>(columns);
    key = List.copyOf(key);
  }

  /** Names of the columns, in the table's order. */
  List<String> names() {
    return new ArrayList<>(columns.keySet());
  }

  /** The structure with a column more, or another type of one. */
  TableStructure with(String name, ColumnType type) {
    Map<String, ColumnType> more = new LinkedHashMap<>(columns);
    more.put(name, type);
    return new TableStructure(more, key);
  }

  /** Whether a column's name is the sink's own. */
  static boolean isOwn(String name) {
    return name.startsWith(OWN) && !name.equals(ROW);
  }
}
