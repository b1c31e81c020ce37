package io.riffle.schemas.ddl;

import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.History;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Lines;
import java.util.ArrayList;
import java.util.List;

/** The tables that a layout fills, column by column. */
public final class Tables {

  static final String HISTORY_SEQUENCE = "beneficiaryhistory_beneficiaryhistoryid_seq";

  private Tables() {}

  /**
   * The tables of a layout, that of the records first; none for a type that joins another one.
   *
   * @param schema where they are; a history's numbers come from a sequence there
   */
  public static List<Table> of(Layout layout, String schema) {
    List<Table> tables = new ArrayList<>();
    if (layout.joins().isEmpty()) {
      tables.add(records(layout));
      layout
          .lineTable()
          .map(name -> layout.lines() == Lines.YEARS ? months(layout, name) : lines(layout, name))
          .ifPresent(tables::add);
      layout.history().map(history -> history(layout, history, schema)).ifPresent(tables::add);
    }
    return tables;
  }

  private static Table records(Layout layout) {
    List<TableColumn> columns = fed(layout.tableColumns());
    columns.add(lastUpdated());
    columns.add(
        own(TableDdl.GENERATION, "integer", "Generation of the merged topic that wrote the row"));
    columns.add(own(TableDdl.OFFSET, "bigint", "Offset of the merged record that wrote the row"));
    if (layout.hasLines()) {
      columns.add(
          own(TableDdl.LINES_HASH, "bigint", "Hash of what the record has in other tables"));
    }
    return new Table(
        layout.headerTable(), "a record", columns, List.of(primaryKey(layout.key().sqlName())));
  }

  private static Table lines(Layout layout, String name) {
    List<TableColumn> columns = fed(List.of(layout.key()));
    columns.addAll(fed(layout.lineColumns()));
    String lineKey = layout.lineKey().orElseThrow().sqlName();
    return new Table(
        name,
        "a line of a record",
        columns,
        List.of(primaryKey(layout.key().sqlName() + ", " + lineKey)));
  }

  /** One row for each month of a person that has at least one value. */
  private static Table months(Layout layout, String name) {
    List<TableColumn> columns = fed(List.of(layout.key()));
    columns.add(own(TableDdl.YEAR_MONTH, "date", "First day of the month that the row is about"));
    layout.months().forEach((column, months) -> columns.add(month(column, months)));
    return new Table(
        name,
        "a month of a person",
        columns,
        List.of(primaryKey(layout.key().sqlName() + ", " + TableDdl.YEAR_MONTH)));
  }

  private static TableColumn month(String name, List<Column> months) {
    Column january = months.get(0);
    return new TableColumn(name, SqlTypes.of(january), "", months, january.description());
  }

  /** The number of a row is a sequence's, as readers know it; who wrote it is in its record. */
  private static Table history(Layout layout, History history, String schema) {
    String key = layout.key().sqlName();
    List<TableColumn> columns = new ArrayList<>();
    columns.add(
        TableColumn.own(
            "bene_history_id",
            "bigint",
            "PRIMARY KEY DEFAULT nextval('" + schema + "." + HISTORY_SEQUENCE + "')",
            "Number of the row"));
    columns.addAll(fed(List.of(layout.key())));
    columns.addAll(fed(history.columns()));
    columns.add(lastUpdated());
    columns.add(
        own(
            TableDdl.HISTORY_RECORD,
            "varchar(96)",
            "Version of the delivered record that showed the identity last"));
    return new Table(
        history.table(),
        "a former identity of a person",
        columns,
        List.of("UNIQUE (" + key + ", " + TableDdl.HISTORY_RECORD + ")"));
  }

  private static List<TableColumn> fed(List<Column> columns) {
    return new ArrayList<>(columns.stream().map(TableColumn::of).toList());
  }

  private static TableColumn lastUpdated() {
    return TableColumn.own(
        TableDdl.LAST_UPDATED, "timestamptz", "", "Instant of the database write");
  }

  private static TableColumn own(String name, String type, String meaning) {
    return TableColumn.own(name, type, TableColumn.NOT_NULL, meaning);
  }

  private static String primaryKey(String columns) {
    return "PRIMARY KEY (" + columns + ")";
  }
}
