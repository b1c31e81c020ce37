package io.riffle.schemas.ddl;

import io.riffle.schemas.ddl.StoredTables.StoredColumn;
import io.riffle.schemas.layout.Layout;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects the differences between stored tables and those of layouts. */
final class TableComparison {

  private static final Pattern TEXT = Pattern.compile("varchar\\((\\d+)\\)");

  private final StoredTables stored;
  private final String schema;
  private final List<String> statements = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * @param schema by which statements name the tables
   */
  TableComparison(StoredTables stored, String schema) {
    this.stored = stored;
    this.schema = schema;
  }

  List<String> statements() {
    return statements;
  }

  List<String> problems() {
    return problems;
  }

  void add(Layout layout) {
    List<Table> tables = Tables.of(layout, schema);
    if (tables.stream().noneMatch(table -> stored.columns(table.name()).isPresent())) {
      statements.addAll(TableDdl.create(layout, schema));
      return;
    }
    for (Table table : tables) {
      stored
          .columns(table.name())
          .ifPresentOrElse(
              columns -> compare(table, columns),
              () -> problems.add("table " + table.name() + " is missing, others of its type not"));
    }
  }

  private void compare(Table table, Map<String, StoredColumn> found) {
    List<String> changes = new ArrayList<>();
    Set<String> surplus = new LinkedHashSet<>(found.keySet());
    for (TableColumn column : table.columns()) {
      if (surplus.remove(column.name())) {
        compare(table, column, found.get(column.name()), changes);
      } else {
        missing(table, column, changes);
      }
    }
    surplus.forEach(name -> problem(table, name, "is in no layout; it is not dropped"));
    if (!changes.isEmpty()) {
      propose(table, changes);
    }
  }

  private void propose(Table table, List<String> changes) {
    statements.add(
        "ALTER TABLE " + schema + "." + table.name() + "\n  " + String.join(",\n  ", changes));
    if (stored.hasTriggers(table.name())) {
      problems.add("table " + table.name() + " has triggers, which may have to know the change");
    }
  }

  private void missing(Table table, TableColumn column, List<String> changes) {
    if (column.isRequired()) {
      problem(
          table,
          column.name(),
          "is required, and rows that are there have no value; make it optional");
    } else {
      changes.add("ADD COLUMN " + column.definition());
    }
  }

  private void compare(Table table, TableColumn column, StoredColumn found, List<String> changes) {
    if (isLonger(column.type(), found.type())) {
      changes.add("ALTER COLUMN " + column.name() + " TYPE " + column.type());
    } else if (!column.type().equals(found.type())) {
      problem(table, column.name(), changed(found.type(), column.type()));
    }
    if (column.isRequired() != found.required()) {
      problem(
          table,
          column.name(),
          changed(nullable(!found.required()), nullable(!column.isRequired())));
    }
  }

  /** Records on topics and rows in states are encoded by the old type. */
  private static String changed(String from, String to) {
    return "is " + from + " and should be " + to + "; add a column of another name instead";
  }

  private static String nullable(boolean nullable) {
    return nullable ? "optional" : "required";
  }

  /** The one change of a type that topics and states do not see: a text has no length there. */
  private static boolean isLonger(String wanted, String found) {
    Matcher longer = TEXT.matcher(wanted);
    Matcher shorter = TEXT.matcher(found);
    return longer.matches()
        && shorter.matches()
        && Integer.parseInt(longer.group(1)) > Integer.parseInt(shorter.group(1));
  }

  private void problem(Table table, String column, String what) {
    problems.add("table " + table.name() + ": column " + column + " " + what);
  }
}
