package io.riffle.sink.rebuild;

import io.riffle.sink.write.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What takes long to give to a table and is looked for before it is made, so that a rebuild that
 * was killed goes on: indexes, constraints, statistics.
 */
final class Structure {
  /** Parameters: the live table, the shadow table, the shadow's schema. */
  private static final String NAMES =
      """
      WITH live AS (
        SELECT c.oid, format('%I.%I', n.nspname, c.relname) AS name, t.shadow,
          split_part(t.shadow, '.', 1) AS schema
        FROM (SELECT ?::regclass AS oid, ?::text AS shadow) t
        JOIN pg_class c ON c.oid = t.oid JOIN pg_namespace n ON n.oid = c.relnamespace)
      """;

  private static final String INDEXES =
      NAMES
          + """
          SELECT coalesce('SET LOCAL default_tablespace = ' || quote_ident(s.spcname) || ';', '')
            || replace(pg_get_indexdef(x.indexrelid), ' ON ' || l.name || ' USING ',
              ' ON ' || l.shadow || ' USING ')
          FROM live l JOIN pg_index x ON x.indrelid = l.oid AND x.indisvalid
          JOIN pg_class i ON i.oid = x.indexrelid
          LEFT JOIN pg_tablespace s ON s.oid = i.reltablespace
          WHERE NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.oid
              AND c.conrelid = l.oid AND (c.contype = 'x' OR c.conperiod))
            AND NOT EXISTS (SELECT FROM pg_class o JOIN pg_namespace n ON n.oid = o.relnamespace
              WHERE n.nspname = l.schema AND o.relname = i.relname)
          ORDER BY x.indisprimary DESC, i.relname
          """;

  /** An index that is there is taken; one with an operator of its own is made with it. */
  private static final String CONSTRAINTS =
      NAMES
          + """
          SELECT format('ALTER TABLE %s ADD CONSTRAINT %I ', l.shadow, c.conname)
            || CASE WHEN c.contype IN ('p', 'u') AND NOT c.conperiod
              THEN CASE c.contype WHEN 'p' THEN 'PRIMARY KEY' ELSE 'UNIQUE' END
                || format(' USING INDEX %I', i.relname)
                || CASE WHEN c.condeferrable THEN ' DEFERRABLE' ELSE '' END
                || CASE WHEN c.condeferred THEN ' INITIALLY DEFERRED' ELSE '' END
              ELSE pg_get_constraintdef(c.oid) END
          FROM live l JOIN pg_constraint c ON c.conrelid = l.oid
          LEFT JOIN pg_class i ON i.oid = c.conindid
          WHERE c.contype IN ('p', 'u', 'x', 'c')
            AND NOT EXISTS (SELECT FROM pg_constraint o
              WHERE o.conrelid = l.shadow::regclass AND o.conname = c.conname)
          ORDER BY c.contype = 'p' DESC, c.conname
          """;

  /** Those to other tables first without a look at the rows: that look keeps no writer out. */
  private static final String FOREIGN_KEYS =
      NAMES
          + """
          SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', l.shadow, c.conname,
              replace(pg_get_constraintdef(c.oid),
                ' REFERENCES ' || format('%I.%I', n.nspname, r.relname) || '(',
                ' REFERENCES ' || format('%I.%I', coalesce(s.nspname, n.nspname), r.relname)
                  || '('))
            || CASE WHEN c.convalidated AND s.oid IS NULL THEN ' NOT VALID'
              ELSE '' END
          FROM live l JOIN pg_constraint c ON c.conrelid = l.oid AND c.contype = 'f'
          JOIN pg_class r ON r.oid = c.confrelid JOIN pg_namespace n ON n.oid = r.relnamespace
          LEFT JOIN pg_namespace s ON s.nspname = l.schema AND n.nspname = ?
            AND EXISTS (SELECT FROM pg_class o WHERE o.relnamespace = s.oid
              AND o.relname = r.relname AND o.relkind = 'r')
          WHERE NOT EXISTS (SELECT FROM pg_constraint o
            WHERE o.conrelid = l.shadow::regclass AND o.conname = c.conname)
          ORDER BY c.conname
          """;

  private static final String UNVALIDATED =
      NAMES
          + """
          SELECT format('ALTER TABLE %s VALIDATE CONSTRAINT %I', l.shadow, c.conname)
          FROM live l JOIN pg_constraint c ON c.conrelid = l.oid AND c.convalidated
          JOIN pg_constraint o ON o.conrelid = l.shadow::regclass AND o.conname = c.conname
            AND NOT o.convalidated
          ORDER BY c.conname
          """;

  private static final String STATISTICS =
      NAMES
          + """
          SELECT replace(replace(pg_get_statisticsobjdef(x.oid),
              'CREATE STATISTICS ' || format('%I.%I', n.nspname, x.stxname),
              'CREATE STATISTICS ' || format('%I.%I', l.schema, x.stxname)),
              ' FROM ' || l.name, ' FROM ' || l.shadow)
            || CASE WHEN x.stxstattarget >= 0
              THEN format('; ALTER STATISTICS %I.%I SET STATISTICS %s', l.schema, x.stxname,
                x.stxstattarget)
              ELSE '' END
          FROM live l JOIN pg_statistic_ext x ON x.stxrelid = l.oid
          JOIN pg_namespace n ON n.oid = x.stxnamespace
          WHERE NOT EXISTS (SELECT FROM pg_statistic_ext o
            WHERE o.stxrelid = l.shadow::regclass AND o.stxname = x.stxname)
          ORDER BY x.stxname
          """;

  private static final String COLUMNS =
      """
      SELECT string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' '
        || a.attnotnull || ' ' || a.attgenerated::text || ' ' || a.attcollation
        || coalesce(' ' || pg_get_expr(d.adbin, d.adrelid), ''), ',' ORDER BY a.attnum)
      FROM pg_attribute a
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attrelid = ?::regclass AND a.attnum > 0 AND NOT a.attisdropped
      """;

  private final ShadowTables tables;

  Structure(ShadowTables tables) {
    this.tables = tables;
  }

  /** The statements that are still to be run, to be run side by side; each in a transaction. */
  List<String> missingIndexes(Connection connection) throws SQLException {
    return missing(connection, INDEXES);
  }

  /** Those that follow the indexes, in their order. */
  List<String> missingConstraints(Connection connection) throws SQLException {
    List<String> missing = missing(connection, CONSTRAINTS);
    Sql sql = new Sql(connection);
    for (ShadowTable table : tables.all()) {
      missing.addAll(
          sql.texts(FOREIGN_KEYS, tables.live(table), tables.shadow(table), tables.liveSchema()));
    }
    missing.addAll(missing(connection, STATISTICS));
    return missing;
  }

  /** Looks at rows that are still to be had, after the constraints themselves. */
  List<String> unvalidated(Connection connection) throws SQLException {
    return missing(connection, UNVALIDATED);
  }

  private List<String> missing(Connection connection, String query) throws SQLException {
    Sql sql = new Sql(connection);
    List<String> missing = new ArrayList<>();
    for (ShadowTable table : tables.all()) {
      missing.addAll(sql.texts(query, tables.live(table), tables.shadow(table)));
    }
    return missing;
  }

  /** The shadow's own table of deletes: its key is needed by the guarded writer. */
  static void addKeyOfDeletes(Connection connection, ShadowTables tables) throws SQLException {
    Sql sql = new Sql(connection);
    if (!sql.isTrue(
        "SELECT EXISTS (SELECT FROM pg_constraint WHERE conrelid = ?::regclass AND contype = 'p')",
        tables.deletedKeys())) {
      sql.execute("ALTER TABLE " + tables.deletedKeys() + " ADD PRIMARY KEY (type, key)");
    }
  }

  /** Planner's numbers of all that was loaded. */
  void analyze(Database database) {
    for (ShadowTable table : tables.loaded()) {
      database.transaction(
          connection -> {
            new Sql(connection).execute("ANALYZE " + tables.shadow(table));
            return true;
          });
    }
  }

  /**
   * @throws RebuildException when a live table was altered since the shadow was made
   */
  void requireSame(Connection connection) throws SQLException {
    Sql sql = new Sql(connection);
    for (ShadowTable table : tables.all()) {
      String live = sql.text(COLUMNS, tables.live(table));
      if (!live.equals(sql.text(COLUMNS, tables.shadow(table)))) {
        throw new RebuildException(
            "table " + table.name() + " was altered meanwhile: drop this rebuild and plan another");
      }
    }
  }
}
