package io.riffle.sink.rebuild;

import io.riffle.schemas.ddl.TableDdl;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Makes the shadow schema with its empty tables, or takes all of it away. */
final class Preparation {
  private static final String EXISTS = "SELECT to_regnamespace(?) IS NOT NULL";

  /** Checks and columns only: what is done to rows as they come must be there from the start. */
  private static final String CREATE =
      "CREATE %sTABLE %s (LIKE %s INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING CONSTRAINTS"
          + " INCLUDING STORAGE INCLUDING COMPRESSION)";

  private static final String PLACE =
      """
      SELECT set_config('default_tablespace', coalesce(s.spcname, ''), true)
          || set_config('default_table_access_method', a.amname, true),
          c.relpersistence = 'u'
      FROM pg_class c JOIN pg_am a ON a.oid = c.relam
      LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
      WHERE c.oid = ?::regclass
      """;

  private static final String DEFAULT =
      "SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d JOIN pg_attribute a"
          + " ON a.attrelid = d.adrelid AND a.attnum = d.adnum"
          + " WHERE d.adrelid = ?::regclass AND a.attname = ?";

  private final ShadowTables tables;
  private final ProgressTable progress;

  Preparation(ShadowTables tables, ProgressTable progress) {
    this.tables = tables;
    this.progress = progress;
  }

  boolean isDone(Connection connection) throws SQLException {
    return new Sql(connection).isTrue(EXISTS, tables.schema());
  }

  boolean isSwapped(Connection connection) throws SQLException {
    return new Sql(connection).isTrue(EXISTS, tables.oldSchema());
  }

  /** Everything in the caller's transaction. */
  void create(Connection connection, List<TopicRange> ranges) throws SQLException {
    Sql sql = new Sql(connection);
    sql.execute("CREATE SCHEMA " + tables.schema());
    for (ShadowTable table : tables.all()) {
      create(sql, table);
    }
    sql.execute(
        "CREATE TABLE "
            + tables.deletedKeys()
            + " (LIKE riffle.deleted_keys INCLUDING ALL EXCLUDING INDEXES)");
    progress.create(connection, ranges);
  }

  private void create(Sql sql, ShadowTable table) throws SQLException {
    String unlogged =
        sql.list(row -> row.getBoolean(2) ? "UNLOGGED " : "", PLACE, tables.live(table)).get(0);
    sql.execute(CREATE.formatted(unlogged, tables.shadow(table), tables.live(table)));
    sql.execute(Carried.settings(sql, tables.live(table), tables.shadow(table)));
    sql.execute(
        "ALTER TABLE "
            + tables.shadow(table)
            + " SET (autovacuum_enabled = false, toast.autovacuum_enabled = false)");
    if (tables.stampedByDefault().contains(table.name())) {
      sql.execute(stamp(table, "SET DEFAULT now()"));
    }
  }

  /** From now on the guarded writer says when a row was written. */
  void endLoad(Sql sql) throws SQLException {
    for (ShadowTable table : tables.all()) {
      if (tables.stampedByDefault().contains(table.name())) {
        String before =
            sql.texts(DEFAULT, tables.live(table), TableDdl.LAST_UPDATED).stream()
                .findFirst()
                .map(expression -> "SET DEFAULT " + expression)
                .orElse("DROP DEFAULT");
        sql.execute(stamp(table, before));
      }
    }
  }

  private String stamp(ShadowTable table, String what) {
    return "ALTER TABLE "
        + tables.shadow(table)
        + " ALTER COLUMN "
        + TableDdl.LAST_UPDATED
        + " "
        + what;
  }

  /** Nothing but what a rebuild made itself: what others hang on it stops the removal. */
  void drop(Connection connection) throws SQLException {
    Sql sql = new Sql(connection);
    for (String schema : List.of(tables.schema(), tables.oldSchema())) {
      if (sql.isTrue(EXISTS, schema)) {
        List<String> names = new ArrayList<>();
        tables.loaded().forEach(table -> names.add(schema + "." + table.name()));
        names.add(schema + ".riffle_progress");
        sql.execute("DROP TABLE IF EXISTS " + String.join(", ", names), "DROP SCHEMA " + schema);
      }
    }
  }
}
