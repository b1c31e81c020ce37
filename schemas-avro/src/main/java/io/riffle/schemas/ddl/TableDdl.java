package io.riffle.schemas.ddl;

import io.riffle.schemas.layout.Layout;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables of record of a layout: the names and columns that readers of the existing loader's
 * tables know, Riffle's bookkeeping columns last. No foreign keys between types: they load in
 * parallel.
 */
public final class TableDdl {

  /** Generation of the merged topic that wrote the row. */
  public static final String GENERATION = "riffle_generation";

  /** Offset of the merged record that wrote the row; with the generation, the row's version. */
  public static final String OFFSET = "riffle_offset";

  /** Hash of the record's lines and history, so that equal ones are not written again. */
  public static final String LINES_HASH = "riffle_lines_hash";

  /** Which delivered record showed a former identity last; with the person, the row's identity. */
  public static final String HISTORY_RECORD = "riffle_record";

  /** First day of the month that a row of a person's months is about. */
  public static final String YEAR_MONTH = "year_month";

  /** Instant of the database write. */
  public static final String LAST_UPDATED = "last_updated";

  private TableDdl() {}

  /** The statements that create a layout's tables and indexes in a schema. */
  public static List<String> create(Layout layout, String schema) {
    List<String> statements = new ArrayList<>();
    for (Table table : Tables.of(layout, schema)) {
      if (isHistory(layout, table)) {
        statements.add(
            "CREATE SEQUENCE " + schema + "." + Tables.HISTORY_SEQUENCE + " INCREMENT 50");
      }
      statements.add(table.create(schema));
      if (table.name().equals(layout.headerTable())) {
        statements.addAll(indexes(layout, schema));
      }
    }
    return statements;
  }

  private static boolean isHistory(Layout layout, Table table) {
    return layout.history().map(history -> history.table().equals(table.name())).orElse(false);
  }

  /** By person first: what clients who page through a person's claims need. */
  private static List<String> indexes(Layout layout, String schema) {
    String table = layout.headerTable();
    return layout
        .person()
        .map(
            person ->
                List.of(
                    String.format(
                        "CREATE INDEX %1$s_%2$s_%3$s_idx ON %4$s.%1$s (%2$s, %3$s)",
                        table, person.sqlName(), layout.key().sqlName(), schema)))
        .orElse(List.of());
  }
}
