package io.riffle.schemas.layout;

import java.util.HashMap;
import java.util.HashSet;
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
 * @param lineTable the table with one row per line; empty for types without lines
 * @param columns all columns, DML_IND included, in header order
 */
public record Layout(
    String type,
    String description,
    int partitions,
    String headerTable,
    Optional<String> lineTable,
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
    requireOne(type, columns, Role.LINE_KEY, lineTable.isPresent() ? 1 : 0);
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

  public boolean hasLines() {
    return lineTable.isPresent();
  }

  /** Stored columns of the record itself, in header order. */
  public List<Column> headerColumns() {
    return columns.stream().filter(c -> c.stored() && c.level() == Level.HEADER).toList();
  }

  /** Stored columns of a line, in header order; empty for types without lines. */
  public List<Column> lineColumns() {
    return columns.stream().filter(c -> c.stored() && c.level() == Level.LINE).toList();
  }

  /** Columns by the name in the header row. */
  public Map<String, Column> byName() {
    Map<String, Column> byName = new HashMap<>();
    columns.forEach(column -> byName.put(column.name(), column));
    return byName;
  }

  /** The type as part of a topic name: lower case. */
  public String topicPart() {
    return type.toLowerCase(Locale.ROOT);
  }
}
