package io.riffle.schemas.layout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The layout of a RIF type: its columns in header order and the tables it fills.
 *
 * @param type the manifest's entry type, such as {@code CARRIER}; a {@code _MERGE} entry has the
 *     layout of its base type
 * @param partitions partitions of the type's topics unless the deployment says otherwise
 * @param headerTable the table with one row per record
 * @param lines what the lines of a record are
 * @param lineTable the table with one row per line, or per month of a person's years; empty for
 *     types without lines
 * @param history what is kept of a person's former identities
 * @param joins the type whose merged records take in the records of this one, by the same key; such
 *     a type has no merged topic and no {@code _MERGE} form
 * @param columns all columns, DML_IND included, in header order; a derived one follows its source
 */
public record Layout(
    String type,
    String description,
    int partitions,
    String headerTable,
    Lines lines,
    Optional<String> lineTable,
    Optional<History> history,
    Optional<String> joins,
    List<Column> columns) {

  public Layout {
    columns = List.copyOf(columns);
    Set<String> names = new HashSet<>();
    for (Column column : columns) {
      if (!names.add(column.name())) {
        throw new IllegalArgumentException(type + ": column " + column.name() + " twice");
      }
    }
    requireOne(type, columns, Role.KEY, 1);
    requireOne(type, columns, Role.LINE_KEY, lines == Lines.NONE ? 0 : 1);
    if (lineTable.isPresent() != (lines != Lines.NONE)) {
      throw new IllegalArgumentException(type + ": lines need a table");
    }
  }

  /** A type of claims, or one without lines. */
  public Layout(
      String type,
      String description,
      int partitions,
      String headerTable,
      Optional<String> lineTable,
      List<Column> columns) {
    this(
        type,
        description,
        partitions,
        headerTable,
        lineTable.isPresent() ? Lines.ROWS : Lines.NONE,
        lineTable,
        Optional.empty(),
        Optional.empty(),
        columns);
  }

  private static void requireOne(String type, List<Column> columns, Role role, int expected) {
    long found = columns.stream().filter(column -> column.role() == role).count();
    if (found != expected) {
      throw new IllegalArgumentException(
          type + ": " + found + " columns of role " + role + ", expected " + expected);
    }
  }

  /** The column whose text is the record's natural key. */
  public Column key() {
    return withRole(Role.KEY).orElseThrow();
  }

  /** The column that numbers the lines, where the type has lines. */
  public Optional<Column> lineKey() {
    return withRole(Role.LINE_KEY);
  }

  /** The column that names the person, where the type has one beside its key. */
  public Optional<Column> person() {
    return withRole(Role.PERSON);
  }

  private Optional<Column> withRole(Role role) {
    return columns.stream().filter(column -> column.role() == role).findFirst();
  }

  /** Whether records have lines of either kind. */
  public boolean hasLines() {
    return lines != Lines.NONE;
  }

  /** Stored columns of the record itself, in header order. */
  public List<Column> headerColumns() {
    return columns.stream().filter(c -> c.stored() && c.level() == Level.HEADER).toList();
  }

  /**
   * Stored columns of a line, in header order; empty for types without lines. A reference year,
   * which the record itself has too, is the first column of its line.
   */
  public List<Column> lineColumns() {
    return columns.stream().filter(c -> c.stored() && isOfLine(c)).toList();
  }

  private static boolean isOfLine(Column column) {
    return column.level() == Level.LINE || column.role() == Role.LINE_KEY;
  }

  /**
   * Columns of the table with one row per record, in header order: a person's row also shows the
   * months of one year.
   */
  public List<Column> tableColumns() {
    return lines == Lines.YEARS
        ? columns.stream().filter(Column::stored).toList()
        : headerColumns();
  }

  /**
   * The months' columns of a person by their column in the table of months, in layout order; each
   * list has twelve, January first.
   */
  public Map<String, List<Column>> months() {
    Map<String, List<Column>> months = new LinkedHashMap<>();
    for (Column column : columns) {
      column
          .month()
          .ifPresent(
              cell -> months.computeIfAbsent(cell.column(), c -> new ArrayList<>()).add(column));
    }
    return months;
  }

  /** Columns that a header row may have, in its order. */
  public List<Column> fileColumns() {
    return columns.stream().filter(column -> !column.derived()).toList();
  }

  /** The columns of {@link #fileColumns} by the name in the header row. */
  public Map<String, Column> byName() {
    Map<String, Column> byName = new HashMap<>();
    fileColumns().forEach(column -> byName.put(column.name(), column));
    return byName;
  }

  /** The type as part of a topic name: lower case. */
  public String topicPart() {
    return type.toLowerCase(Locale.ROOT);
  }
}
