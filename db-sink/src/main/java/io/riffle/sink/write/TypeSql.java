package io.riffle.sink.write;

import io.riffle.schemas.ddl.TableDdl;
import io.riffle.schemas.layout.Layout;
import io.riffle.sink.copy.CopyColumns;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The statements that write the header table of a type; {@link ChildTable} has those of its
 * children. Every name comes from the layout. The names s, t, d stand for staged rows, the table,
 * deleted keys.
 */
final class TypeSql {
  private static final String VERSION =
      "(t." + TableDdl.GENERATION + ", t." + TableDdl.OFFSET + ")";
  private static final String STAGED_VERSION =
      "(s." + TableDdl.GENERATION + ", s." + TableDdl.OFFSET + ")";

  private final Layout layout;
  private final String key;
  private final String table;
  private final Staging stage;
  private final Staging removed;
  private final Guard guard;
  private final String deletedKeys;

  /**
   * @param deletedKeys the table that remembers deletes
   */
  TypeSql(Layout layout, String schema, String deletedKeys, Guard guard) {
    this.deletedKeys = deletedKeys;
    String name = layout.headerTable();
    this.layout = layout;
    this.guard = guard;
    this.key = layout.key().sqlName();
    this.table = schema + "." + name;
    this.stage = new Staging("stage_" + name, table, CopyColumns.header(layout));
    this.removed =
        new Staging("gone_" + name, table, List.of(key, TableDdl.GENERATION, TableDdl.OFFSET));
  }

  List<String> createStaging() {
    return List.of(stage.create(), removed.create());
  }

  /** The table itself, for rows whose keys it does not have. */
  String copyRows() {
    return CopyStream.sql(table, stage.columns());
  }

  /** Staging for the rows of puts. */
  Staging stage() {
    return stage;
  }

  /** Key, version and hash of the children (0 for types without) of the rows that have a key. */
  String findRows() {
    return String.format(
        "SELECT t.%1$s, t.%2$s, t.%3$s, %4$s FROM %5$s t WHERE t.%1$s = ANY (?::bigint[])",
        key,
        TableDdl.GENERATION,
        TableDdl.OFFSET,
        layout.hasLines() ? "t." + TableDdl.LINES_HASH : "0",
        table);
  }

  /** Key and version of the deletes that are remembered for a key. */
  String findDeleted() {
    return "SELECT d.key, d.generation, d.\"offset\", 0 FROM "
        + deletedKeys
        + " d WHERE d.type = ? AND d.key = ANY (?::bigint[])";
  }

  String stageDeletes() {
    return "INSERT INTO "
        + removed.table()
        + " SELECT * FROM unnest(?::bigint[], ?::int[], ?::bigint[])";
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
        from, table, key, isTooNew());
  }

  private String refuseByDeletedKey(String from) {
    return String.format(
        "DELETE FROM %1$s s USING %5$s d WHERE d.type = ? AND d.key = s.%2$s"
            + " AND (d.generation, d.\"offset\") %3$s %4$s RETURNING s.%2$s, (d.generation, d.\"offset\") = %4$s",
        from, key, guard.refuses(), STAGED_VERSION, deletedKeys);
  }

  private String isTooNew() {
    return VERSION + " " + guard.refuses() + " " + STAGED_VERSION;
  }

  /**
   * Staged rows over those of the table, which must be as their children were planned for: not too
   * new and, but for the keys given, with the children that the staged row has.
   */
  String updateRows() {
    return String.format(
        "UPDATE %1$s t SET %2$s FROM %3$s s WHERE t.%4$s = s.%4$s AND NOT %5$s%6$s",
        table, assignments(), stage.table(), key, isTooNew(), sameChildren());
  }

  /** Whether a row tells its children by a hash: then updates ask for the keys of others. */
  boolean isHashed() {
    return layout.hasLines();
  }

  private String sameChildren() {
    return isHashed()
        ? String.format(
            " AND (t.%1$s = s.%1$s OR s.%2$s = ANY (?::bigint[]))", TableDdl.LINES_HASH, key)
        : "";
  }

  private String assignments() {
    return stage.columns().stream()
        .filter(column -> !column.equals(key))
        .map(column -> column + " = s." + column)
        .collect(Collectors.joining(", "));
  }

  /** Staged rows to where no row is; one that came meanwhile stays as it is. */
  String insertRows() {
    return String.format(
        "INSERT INTO %1$s (%2$s) SELECT %2$s FROM %3$s ORDER BY %4$s ON CONFLICT (%4$s) DO NOTHING",
        table, stage.names(), stage.table(), key);
  }

  String clearStage() {
    return "DELETE FROM " + stage.table();
  }

  String forgetDeletedKeys() {
    return "DELETE FROM " + deletedKeys + " d WHERE d.type = ? AND d.key = ANY (?::bigint[])";
  }

  /** Staging for the keys of deletes. */
  Staging removed() {
    return removed;
  }

  /** Gives keys and persons of the rows that went. */
  String deleteRows() {
    return String.format(
        "DELETE FROM %1$s t USING %2$s s WHERE t.%3$s = s.%3$s RETURNING t.%3$s, t.%4$s",
        table, removed.table(), key, layout.person().orElse(layout.key()).sqlName());
  }

  String rememberDeletedKeys() {
    return String.format(
        "INSERT INTO %5$s AS d (type, key, generation, \"offset\")"
            + " SELECT ?, s.%1$s, s.%2$s, s.%3$s FROM %4$s s ORDER BY 2"
            + " ON CONFLICT (type, key) DO UPDATE SET generation = excluded.generation,"
            + " \"offset\" = excluded.\"offset\", deleted_at = excluded.deleted_at"
            + " WHERE (d.generation, d.\"offset\") < (excluded.generation, excluded.\"offset\")",
        key, TableDdl.GENERATION, TableDdl.OFFSET, removed.table(), deletedKeys);
  }
}
