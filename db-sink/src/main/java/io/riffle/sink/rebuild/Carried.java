package io.riffle.sink.rebuild;

import java.sql.SQLException;
import java.util.List;

/**
 * What a table gets in a moment, as statements that name the table as it is to be called: read from
 * the catalog of the live one, so that what was granted yesterday is there today.
 */
final class Carried {
  /** Parameters: the live table, what the statements call the new one. */
  private static final String NAMES =
      """
      WITH t AS (
        SELECT c.*, a.target, split_part(a.target, '.', 1) AS schema
        FROM (SELECT ?::regclass AS live, ?::text AS target) a JOIN pg_class c ON c.oid = a.live)
      """;

  private static final String SETTINGS =
      NAMES
          + """
          SELECT s FROM (
            SELECT 1 AS n, format('ALTER TABLE %s SET (%s)', target,
                (SELECT string_agg(split_part(o, '=', 1) || ' = '
                  || quote_literal(substr(o, strpos(o, '=') + 1)), ', ') FROM unnest(reloptions) o))
                AS s FROM t
            UNION ALL
            SELECT 2, format('ALTER TABLE %s SET (%s)', target,
                (SELECT string_agg('toast.' || split_part(o, '=', 1) || ' = '
                  || quote_literal(substr(o, strpos(o, '=') + 1)), ', ')
                 FROM unnest(x.reloptions) o))
              FROM t JOIN pg_class x ON x.oid = t.reltoastrelid
            UNION ALL
            SELECT 3, format('ALTER TABLE %s ALTER COLUMN %I SET STATISTICS %s', target, attname,
                attstattarget)
              FROM t JOIN pg_attribute ON attrelid = t.oid AND attnum > 0 AND NOT attisdropped
              WHERE attstattarget >= 0
            UNION ALL
            SELECT 4, format('ALTER TABLE %s ALTER COLUMN %I SET (%s)', target, attname,
                array_to_string(attoptions, ', '))
              FROM t JOIN pg_attribute ON attrelid = t.oid AND attnum > 0 AND NOT attisdropped
              WHERE attoptions IS NOT NULL) q
          WHERE s IS NOT NULL AND s NOT LIKE '%SET ()' ORDER BY n
          """;

  /** A grant by another than the owner is made in that one's name. */
  private static final String GRANT =
      """
      CASE WHEN g.grantor = t.relowner THEN ''
          ELSE format('SET LOCAL ROLE %I; ', pg_get_userbyid(g.grantor)) END
        || format('GRANT %s%s ON %s TO %s', g.privilege_type, g.columns, t.target,
          CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END)
        || CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
        || CASE WHEN g.grantor = t.relowner THEN '' ELSE '; RESET ROLE' END
      """;

  /** Third parameter: the new table as it is called now. */
  private static final String RIGHTS =
      NAMES
          + """
          , g AS (
            SELECT a.*, '' AS columns FROM t, aclexplode(t.relacl) a
            UNION ALL
            SELECT a.*, format(' (%I)', c.attname) FROM t
              JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped,
              aclexplode(c.attacl) a)
          SELECT s FROM (
            SELECT 1 AS n, format('ALTER TABLE %s OWNER TO %I', target, pg_get_userbyid(relowner))
                AS s FROM t
            UNION ALL
            SELECT DISTINCT 2, format('REVOKE ALL ON %s FROM %s CASCADE', t.target,
                CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END)
              FROM t, pg_class o, aclexplode(o.relacl) a
              WHERE o.oid = ?::regclass AND a.grantee <> o.relowner AND a.grantee <> t.relowner
            UNION ALL
            SELECT 3, format('REVOKE ALL ON %s FROM %I', target, pg_get_userbyid(relowner)) FROM t
              WHERE relacl IS NOT NULL
            UNION ALL
            SELECT CASE WHEN g.grantor = t.relowner THEN 4 ELSE 5 END,
          """
          + GRANT
          + """
              FROM t, g) q
          ORDER BY n, s
          """;

  private static final String OBJECTS =
      NAMES
          + """
          SELECT s FROM (
            SELECT 1 AS n, pg_get_triggerdef(g.oid) AS s
              FROM t JOIN pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal
            UNION ALL
            SELECT 2, format('ALTER TABLE %s %s TRIGGER %I', target,
                CASE g.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA'
                  ELSE 'ENABLE ALWAYS' END, g.tgname)
              FROM t JOIN pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal
              WHERE g.tgenabled <> 'O'
            UNION ALL
            SELECT 3, format('CREATE POLICY %I ON %s AS %s FOR %s TO %s', p.polname, target,
                CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
                CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
                  WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
                (SELECT string_agg(CASE r WHEN 0 THEN 'PUBLIC'
                  ELSE quote_ident(pg_get_userbyid(r)) END, ', ') FROM unnest(p.polroles) r))
                || coalesce(' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', '')
                || coalesce(' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '')
              FROM t JOIN pg_policy p ON p.polrelid = t.oid
            UNION ALL
            SELECT 4, format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target) FROM t
              WHERE relrowsecurity
            UNION ALL
            SELECT 5, format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target) FROM t
              WHERE relforcerowsecurity
            UNION ALL
            SELECT 6, format('ALTER TABLE %s REPLICA IDENTITY %s', target,
                CASE relreplident WHEN 'f' THEN 'FULL' WHEN 'n' THEN 'NOTHING'
                  ELSE (SELECT format('USING INDEX %I', i.relname) FROM pg_index x
                    JOIN pg_class i ON i.oid = x.indexrelid
                    WHERE x.indrelid = t.oid AND x.indisreplident) END)
              FROM t WHERE relreplident <> 'd'
            UNION ALL
            SELECT 7, format('ALTER TABLE %s CLUSTER ON %I', target, i.relname)
              FROM t JOIN pg_index x ON x.indrelid = t.oid AND x.indisclustered
              JOIN pg_class i ON i.oid = x.indexrelid
            UNION ALL
            SELECT 8, format('ALTER INDEX %I.%I ALTER COLUMN %s SET STATISTICS %s', schema,
                i.relname, a.attnum, a.attstattarget)
              FROM t JOIN pg_index x ON x.indrelid = t.oid
              JOIN pg_class i ON i.oid = x.indexrelid
              JOIN pg_attribute a ON a.attrelid = i.oid AND a.attstattarget >= 0
            UNION ALL
            SELECT 9, format('ALTER PUBLICATION %I ADD TABLE %s', p.pubname, target)
                || coalesce((SELECT ' (' || string_agg(quote_ident(a.attname), ', ') || ')'
                  FROM pg_attribute a WHERE a.attrelid = t.oid
                  AND a.attnum = ANY (r.prattrs::smallint[])), '')
                || coalesce(' WHERE (' || pg_get_expr(r.prqual, t.oid) || ')', '')
              FROM t JOIN pg_publication_rel r ON r.prrelid = t.oid
              JOIN pg_publication p ON p.oid = r.prpubid) q
          WHERE s IS NOT NULL ORDER BY n, s
          """;

  private static final String COMMENTS =
      NAMES
          + """
          SELECT format('COMMENT ON %s IS %L', o.what, d.description)
          FROM t CROSS JOIN LATERAL (
            SELECT 'pg_class'::regclass AS class, t.oid AS object, 0 AS sub, 'TABLE ' || target
              AS what
            UNION ALL
            SELECT 'pg_class'::regclass, t.oid, attnum, format('COLUMN %s.%I', target, attname)
              FROM pg_attribute WHERE attrelid = t.oid AND attnum > 0 AND NOT attisdropped
            UNION ALL
            SELECT 'pg_class'::regclass, i.oid, 0, format('INDEX %I.%I', schema, i.relname)
              FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid WHERE x.indrelid = t.oid
            UNION ALL
            SELECT 'pg_constraint'::regclass, oid, 0, format('CONSTRAINT %I ON %s', conname, target)
              FROM pg_constraint WHERE conrelid = t.oid
            UNION ALL
            SELECT 'pg_trigger'::regclass, oid, 0, format('TRIGGER %I ON %s', tgname, target)
              FROM pg_trigger WHERE tgrelid = t.oid
            UNION ALL
            SELECT 'pg_policy'::regclass, oid, 0, format('POLICY %I ON %s', polname, target)
              FROM pg_policy WHERE polrelid = t.oid
            UNION ALL
            SELECT 'pg_statistic_ext'::regclass, s.oid, 0,
                format('STATISTICS %I.%I', n.nspname, s.stxname)
              FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace
              WHERE s.stxrelid = t.oid) o
          JOIN pg_description d ON d.classoid = o.class AND d.objoid = o.object
            AND d.objsubid = o.sub
          ORDER BY 1
          """;

  private Carried() {}

  /** Storage parameters and what the planner is to know of columns: good to have from the start. */
  static List<String> settings(Sql sql, String live, String target) throws SQLException {
    return sql.texts(SETTINGS, live, target);
  }

  /**
   * Owner and rights, of columns too.
   *
   * @param shadow the new table as it is called now: rights that it has by default are taken away
   */
  static List<String> rights(Sql sql, String live, String target, String shadow)
      throws SQLException {
    return sql.texts(RIGHTS, live, target, shadow);
  }

  /** Triggers, policies, replication, comments. */
  static List<String> objects(Sql sql, String live, String target) throws SQLException {
    List<String> statements = sql.texts(OBJECTS, live, target);
    statements.addAll(sql.texts(COMMENTS, live, target));
    return statements;
  }
}
