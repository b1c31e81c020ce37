package io.riffle.schemas.ddl;

import io.riffle.schemas.layout.Column;
import java.util.List;

/**
 * A column of a table of record.
 *
 * @param type as Postgres spells it, such as {@code numeric(12,2)}
 * @param constraint what its definition says after the type; empty for a column that may be null
 * @param columns the layout's columns that feed it: one, twelve for a column of months, none for
 *     Riffle's bookkeeping
 * @param meaning in our words
 */
public record TableColumn(
    String name, String type, String constraint, List<Column> columns, String meaning) {

  static final String NOT_NULL = "NOT NULL";

  public TableColumn {
    columns = List.copyOf(columns);
  }

  /** A column fed by a column of the file. */
  static TableColumn of(Column column) {
    return new TableColumn(
        column.sqlName(),
        SqlTypes.of(column),
        column.required() ? NOT_NULL : "",
        List.of(column),
        column.description());
  }

  /** A column of Riffle's own. */
  static TableColumn own(String name, String type, String constraint, String meaning) {
    return new TableColumn(name, type, constraint, List.of(), meaning);
  }

  /** The column as a statement names it. */
  public String definition() {
    return constraint.isEmpty() ? name + " " + type : name + " " + type + " " + constraint;
  }

  /** Whether a row without a value is refused. */
  public boolean isRequired() {
    return !constraint.isEmpty();
  }
}
