package io.riffle.schemas.ddl;

import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.History;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Lines;
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

  private static final String HISTORY_SEQUENCE = "beneficiaryhistory_beneficiaryhistoryid_seq";

  private TableDdl() {}

  /** The statements that create a layout's tables and indexes in a schema. */
  public static List<String> create(Layout layout, String schema) {
    if (layout.joins().isPresent()) {
      return List.of();
    }
    List<String> statements = new ArrayList<>();
    statements.add(headerTable(layout, schema));
    statements.addAll(indexes(layout, schema));
    if (layout.hasLines()) {
      statements.add(
          layout.lines() == Lines.YEARS ? monthTable(layout, schema) : lineTable(layout, schema));
    }
    layout.history().ifPresent(history -> statements.addAll(history(layout, history, schema)));
    return statements;
  }

  private static String headerTable(Layout layout, String schema) {
    List<String> lines = columns(layout.tableColumns());
    lines.add(LAST_UPDATED + " timestamptz");
    lines.add(GENERATION + " integer NOT NULL");
    lines.add(OFFSET + " bigint NOT NULL");
    if (layout.hasLines()) {
      lines.add(LINES_HASH + " bigint NOT NULL");
    }
    lines.add("PRIMARY KEY (" + layout.key().sqlName() + ")");
    return table(schema, layout.headerTable(), lines);
  }

  private static String lineTable(Layout layout, String schema) {
    Column key = layout.key();
    Column lineKey = layout.lineKey().orElseThrow();
    List<String> lines = new ArrayList<>();
    lines.add(key.sqlName() + " " + SqlTypes.of(key) + " NOT NULL");
    lines.addAll(columns(layout.lineColumns()));
    lines.add("PRIMARY KEY (" + key.sqlName() + ", " + lineKey.sqlName() + ")");
    return table(schema, layout.lineTable().orElseThrow(), lines);
  }

  /** One row for each month of a person that has at least one value. */
  private static String monthTable(Layout layout, String schema) {
    Column key = layout.key();
    List<String> lines = new ArrayList<>();
    lines.add(key.sqlName() + " " + SqlTypes.of(key) + " NOT NULL");
    lines.add(YEAR_MONTH + " date NOT NULL");
    layout.months().forEach((name, columns) -> lines.add(name + " " + SqlTypes.of(columns.get(0))));
    lines.add("PRIMARY KEY (" + key.sqlName() + ", " + YEAR_MONTH + ")");
    return table(schema, layout.lineTable().orElseThrow(), lines);
  }

  /**
   * The number of a row is a sequence's, as readers know it; who wrote the row is in its record.
   */
  private static List<String> history(Layout layout, History history, String schema) {
    Column key = layout.key();
    String sequence = schema + "." + HISTORY_SEQUENCE;
    List<String> lines = new ArrayList<>();
    lines.add("bene_history_id bigint PRIMARY KEY DEFAULT nextval('" + sequence + "')");
    lines.add(key.sqlName() + " " + SqlTypes.of(key) + " NOT NULL");
    lines.addAll(columns(history.columns()));
    lines.add(LAST_UPDATED + " timestamptz");
    lines.add(HISTORY_RECORD + " varchar(96) NOT NULL");
    lines.add("UNIQUE (" + key.sqlName() + ", " + HISTORY_RECORD + ")");
    return List.of(
        "CREATE SEQUENCE " + sequence + " INCREMENT 50", table(schema, history.table(), lines));
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

  private static List<String> columns(List<Column> columns) {
    List<String> lines = new ArrayList<>();
    for (Column column : columns) {
      lines.add(
          column.sqlName() + " " + SqlTypes.of(column) + (column.required() ? " NOT NULL" : ""));
    }
    return lines;
  }

  private static String table(String schema, String name, List<String> lines) {
    return "CREATE TABLE " + schema + "." + name + " (\n  " + String.join(",\n  ", lines) + "\n)";
  }
}
