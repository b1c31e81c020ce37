package io.riffle.sink.write;

import io.riffle.schemas.ddl.TableDdl;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Layout;
import io.riffle.sink.copy.CopyColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The statements that write a type. Every name comes from the layout. Staging tables live in the
 * session; the names s, t, l, d stand for staged rows, the header table, lines, deleted keys.
 */
final class TypeSql {
  private static final String NEWER_OR_EQUAL =
      "(t." + TableDdl.GENERATION + ", t." + TableDdl.OFFSET + ") >= ";
  private static final String STAGED_VERSION =
      "(s." + TableDdl.GENERATION + ", s." + TableDdl.OFFSET + ")";

  private final Layout layout;
  private final String key;
  private final String table;
  private final String stage;
  private final String stagedDeletes;
  private final List<String> columns;
  private final String lineTable;
  private final String lineStage;

  TypeSql(Layout layout, String schema) {
    this.layout = layout;
    this.key = layout.key().sqlName();
    this.table = schema + "." + layout.headerTable();
    this.stage = "pg_temp.stage_" + layout.headerTable();
    this.stagedDeletes = "pg_temp.gone_" + layout.headerTable();
    this.columns = CopyColumns.header(layout);
    this.lineTable = layout.lineTable().map(name -> schema + "." + name).orElse("");
    this.lineStage = layout.lineTable().map(name -> "pg_temp.stage_" + name).orElse("");
  }

  /** Staging tables have the types of the tables, which check the rest. */
  List<String> createStaging() {
    List<String> statements = new ArrayList<>();
    statements.add(staging(stage, table, columns));
    statements.add(
        staging(stagedDeletes, table, List.of(key, TableDdl.GENERATION, TableDdl.OFFSET)));
    if (layout.hasLines()) {
      statements.add(staging(lineStage, lineTable, CopyColumns.lines(layout)));
    }
    return statements;
  }

  private static String staging(String name, String like, List<String> columns) {
    return String.format(
        "CREATE TEMP TABLE IF NOT EXISTS %s ON COMMIT DELETE ROWS AS SELECT %s FROM %s"
            + " WITH NO DATA",
        name.substring("pg_temp.".length()), String.join(", ", columns), like);
  }

  String copyRows() {
    return copy(stage, columns);
  }

  String copyLines() {
    return copy(lineStage, CopyColumns.lines(layout));
  }

  private static String copy(String name, List<String> columns) {
    return "COPY " + name + " (" + String.join(", ", columns) + ") FROM STDIN (FORMAT binary)";
  }

  String stageDeletes() {
    return "INSERT INTO "
        + stagedDeletes
        + " SELECT * FROM unnest(?::bigint[], ?::int[], ?::bigint[])";
  }

  /** Staged puts that the table has as new or newer; gives their keys. */
  String refuseOlderPuts() {
    return refuseByRow(stage);
  }

  String refuseDeletedPuts() {
    return refuseByDeletedKey(stage);
  }

  String refuseOlderDeletes() {
    return refuseByRow(stagedDeletes);
  }

  String refuseDeletedDeletes() {
    return refuseByDeletedKey(stagedDeletes);
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

  String dropLinesOfRefused() {
    return String.format(
        "DELETE FROM %1$s l WHERE NOT EXISTS (SELECT FROM %2$s s WHERE s.%3$s = l.%3$s)",
        lineStage, stage, key);
  }

  /** Lines that are in the table as they are; compared by the hash that their row has. */
  String dropEqualLines() {
    return String.format(
        "DELETE FROM %1$s l USING %2$s s JOIN %3$s t USING (%4$s)"
            + " WHERE l.%4$s = s.%4$s AND t.%5$s = s.%5$s",
        lineStage, stage, table, key, TableDdl.LINES_HASH);
  }

  /** Lines of rows whose hash differs, and strays of keys that have no row. */
  String deleteChangedLines() {
    return String.format(
        "DELETE FROM %1$s l USING %2$s s LEFT JOIN %3$s t ON t.%4$s = s.%4$s"
            + " WHERE l.%4$s = s.%4$s AND t.%5$s IS DISTINCT FROM s.%5$s",
        lineTable, stage, table, key, TableDdl.LINES_HASH);
  }

  String insertLines() {
    String names = String.join(", ", CopyColumns.lines(layout));
    String order = key + ", " + layout.lineKey().map(Column::sqlName).orElseThrow();
    return String.format(
        "INSERT INTO %s (%s) SELECT %s FROM %s ORDER BY %s",
        lineTable, names, names, lineStage, order);
  }

  String upsertRows() {
    String names = String.join(", ", columns);
    return String.format(
        "INSERT INTO %1$s AS t (%2$s, %3$s) SELECT %2$s, now() FROM %4$s ORDER BY %5$s"
            + " ON CONFLICT (%5$s) DO UPDATE SET %6$s, %3$s = excluded.%3$s WHERE NOT %7$s",
        table,
        names,
        TableDdl.LAST_UPDATED,
        stage,
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
    return columns.stream()
        .filter(column -> !column.equals(key))
        .map(column -> column + " = excluded." + column)
        .collect(Collectors.joining(", "));
  }

  String forgetDeletedKeys() {
    return String.format(
        "DELETE FROM riffle.deleted_keys d USING %s s WHERE d.type = ? AND d.key = s.%s",
        stage, key);
  }

  String deleteLines() {
    return String.format(
        "DELETE FROM %1$s l USING %2$s s WHERE l.%3$s = s.%3$s", lineTable, stagedDeletes, key);
  }

  /** Gives keys and persons of the rows that went. */
  String deleteRows() {
    return String.format(
        "DELETE FROM %1$s t USING %2$s s WHERE t.%3$s = s.%3$s RETURNING t.%3$s, t.%4$s",
        table, stagedDeletes, key, layout.person().orElse(layout.key()).sqlName());
  }

  String rememberDeletedKeys() {
    return String.format(
        "INSERT INTO riffle.deleted_keys AS d (type, key, generation, \"offset\")"
            + " SELECT ?, s.%s, s.%s, s.%s FROM %s s ORDER BY 2"
            + " ON CONFLICT (type, key) DO UPDATE SET generation = excluded.generation,"
            + " \"offset\" = excluded.\"offset\", deleted_at = excluded.deleted_at"
            + " WHERE (d.generation, d.\"offset\") < (excluded.generation, excluded.\"offset\")",
        key, TableDdl.GENERATION, TableDdl.OFFSET, stagedDeletes);
  }
}
