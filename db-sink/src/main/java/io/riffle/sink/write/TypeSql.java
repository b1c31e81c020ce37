package io.riffle.sink.write;

import io.riffle.schemas.ddl.TableDdl;
import io.riffle.schemas.layout.Layout;
import io.riffle.sink.copy.CopyColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The statements that write the header table of a type; {@link ChildSql} has those of its children.
 * Every name comes from the layout. The names s, t, d stand for staged rows, the table, deleted
 * keys.
 */
final class TypeSql {
  private static final String NEWER_OR_EQUAL =
      "(t." + TableDdl.GENERATION + ", t." + TableDdl.OFFSET + ") >= ";
  private static final String STAGED_VERSION =
      "(s." + TableDdl.GENERATION + ", s." + TableDdl.OFFSET + ")";

  private final Layout layout;
  private final String key;
  private final String table;
  private final Staging stage;
  private final Staging removed;
  private final List<ChildSql> children;

  TypeSql(Layout layout, String schema) {
    String name = layout.headerTable();
    this.layout = layout;
    this.key = layout.key().sqlName();
    this.table = schema + "." + name;
    this.stage = new Staging("stage_" + name, table, CopyColumns.header(layout));
    this.removed =
        new Staging("gone_" + name, table, List.of(key, TableDdl.GENERATION, TableDdl.OFFSET));
    this.children = ChildSql.of(layout, schema, new ChildSql.Parent(key, table, stage.table()));
  }

  /** In the order in which a merged row carries their rows. */
  List<ChildSql> children() {
    return children;
  }

  List<String> createStaging() {
    List<String> statements = new ArrayList<>();
    statements.add(stage.create());
    statements.add(removed.create());
    children.forEach(child -> statements.add(child.createStaging()));
    return statements;
  }

  String copyRows() {
    return stage.copy();
  }

  String stageDeletes() {
    return "INSERT INTO "
        + removed.table()
        + " SELECT * FROM unnest(?::bigint[], ?::int[], ?::bigint[])";
  }

  /** Staged puts that the table has as new or newer; gives their keys. */
  String refuseOlderPuts() {
    return refuseByRow(stage.table());
  }

  String refuseDeletedPuts() {
    return refuseByDeletedKey(stage.table());
  }

  String refuseOlderDeletes() {
    return refuseByRow(removed.table());
  }

  String refuseDeletedDeletes() {
    return refuseByDeletedKey(removed.table());
  }

  private String refuseByRow(String from) {
    return String.format(
        "DELETE FROM %1$s s USING %2$s t WHERE t.%3$s = s.%3$s AND %4$s RETURNING s.%3$s",
        from, table, key, NEWER_OR_EQUAL + STAGED_VERSION);
  }

  private String refuseByDeletedKey(String from) {
    return String.format(
        "DELETE FROM %1$s s USING riffle.deleted_keys d WHERE d.type = ? AND d.key = s.%2$s"
            + " AND (d.generation, d.\"offset\") >= %3$s RETURNING s.%2$s",
        from, key, STAGED_VERSION);
  }

  String upsertRows() {
    String names = String.join(", ", stage.columns());
    return String.format(
        "INSERT INTO %1$s AS t (%2$s, %3$s) SELECT %2$s, now() FROM %4$s ORDER BY %5$s"
            + " ON CONFLICT (%5$s) DO UPDATE SET %6$s, %3$s = excluded.%3$s WHERE NOT %7$s",
        table,
        names,
        TableDdl.LAST_UPDATED,
        stage.table(),
        key,
        assignments(),
        NEWER_OR_EQUAL
            + "(excluded."
            + TableDdl.GENERATION
            + ", excluded."
            + TableDdl.OFFSET
            + ")");
  }

  private String assignments() {
    return stage.columns().stream()
        .filter(column -> !column.equals(key))
        .map(column -> column + " = excluded." + column)
        .collect(Collectors.joining(", "));
  }

  String forgetDeletedKeys() {
    return String.format(
        "DELETE FROM riffle.deleted_keys d USING %s s WHERE d.type = ? AND d.key = s.%s",
        stage.table(), key);
  }

  String deleteChildren(ChildSql child) {
    return child.deleteOf(removed);
  }

  /** Gives keys and persons of the rows that went. */
  String deleteRows() {
    return String.format(
        "DELETE FROM %1$s t USING %2$s s WHERE t.%3$s = s.%3$s RETURNING t.%3$s, t.%4$s",
        table, removed.table(), key, layout.person().orElse(layout.key()).sqlName());
  }

  String rememberDeletedKeys() {
    return String.format(
        "INSERT INTO riffle.deleted_keys AS d (type, key, generation, \"offset\")"
            + " SELECT ?, s.%s, s.%s, s.%s FROM %s s ORDER BY 2"
            + " ON CONFLICT (type, key) DO UPDATE SET generation = excluded.generation,"
            + " \"offset\" = excluded.\"offset\", deleted_at = excluded.deleted_at"
            + " WHERE (d.generation, d.\"offset\") < (excluded.generation, excluded.\"offset\")",
        key, TableDdl.GENERATION, TableDdl.OFFSET, removed.table());
  }
}
