package io.riffle.schemas.ddl;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of record.
 *
 * @param name without its schema
 * @param rows what a row is, in our words
 * @param columns in order
 * @param constraints of the table as a whole, such as {@code PRIMARY KEY (clm_id)}
 */
public record Table(String name, String rows, List<TableColumn> columns, List<String> constraints) {

  public Table {
    columns = List.copyOf(columns);
    constraints = List.copyOf(constraints);
  }

  /** The statement that creates it in a schema; no semicolon. */
  String create(String schema) {
    List<String> lines = new ArrayList<>();
    columns.forEach(column -> lines.add(column.definition()));
    lines.addAll(constraints);
    return "CREATE TABLE " + schema + "." + name + " (\n  " + String.join(",\n  ", lines) + "\n)";
  }
}
