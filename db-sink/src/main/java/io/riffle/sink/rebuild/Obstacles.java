package io.riffle.sink.rebuild;

import io.riffle.schemas.ddl.TableColumn;
import io.riffle.schemas.ddl.Tables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What stands in the way of putting other tables in the place of these, in words. */
final class Obstacles {
  private static final String TABLE =
      "WITH t AS (SELECT c.* FROM pg_class c WHERE c.oid = ?::regclass)\n";

  private static final String KIND =
      TABLE
          + """
          SELECT 'is partitioned, a partition or not an ordinary table' FROM t
            WHERE relkind <> 'r' OR relispartition
          UNION ALL SELECT 'is a temporary table' FROM t WHERE relpersistence = 't'
          UNION ALL SELECT 'inherits or is inherited from' FROM t
            WHERE EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = t.oid OR i.inhparent = t.oid)
          UNION ALL SELECT 'is of a composite type' FROM t WHERE reloftype <> 0
          UNION ALL SELECT 'has rule ' || r.rulename FROM t JOIN pg_rewrite r ON r.ev_class = t.oid
          UNION ALL SELECT 'has a security label' FROM t
            WHERE EXISTS (SELECT FROM pg_seclabel s WHERE s.objoid = t.oid)
          UNION ALL
          SELECT 'has trigger ' || g.tgname || ', which may change or refuse rows as they come; the'
              || ' load would pass it by'
            FROM t JOIN pg_trigger g ON g.tgrelid = t.oid
            WHERE NOT g.tgisinternal AND g.tgtype & 7 = 7 AND g.tgenabled <> 'D'
          UNION ALL
          SELECT 'belongs to role ' || pg_get_userbyid(relowner) || ', which ' || current_user
              || ' is no member of'
            FROM t WHERE NOT pg_has_role(relowner, 'USAGE')
          """;

  /** Everything that hangs on the table, but for what is known to be carried. */
  private static final String DEPENDENTS =
      TABLE
          + """
          , d AS (
            SELECT p.classid, p.objid, p.objsubid FROM t
              JOIN pg_depend p ON p.refclassid = 'pg_class'::regclass AND p.refobjid = t.oid
            UNION
            SELECT p.classid, p.objid, p.objsubid FROM t
              JOIN pg_type y ON y.oid = t.reltype
              JOIN pg_depend p ON p.refclassid = 'pg_type'::regclass
                AND p.refobjid IN (y.oid, y.typarray)
              WHERE p.objid <> y.typarray)
          SELECT 'is referred to by ' || pg_describe_object(d.classid, d.objid, d.objsubid)
          FROM d, t
          WHERE NOT CASE d.classid
            WHEN 'pg_class'::regclass THEN EXISTS (
              SELECT FROM pg_class c WHERE c.oid = d.objid
                AND (c.relkind IN ('i', 't') OR c.oid = t.oid OR c.relkind = 'S' AND EXISTS (
                  SELECT FROM pg_depend o WHERE o.objid = c.oid AND o.refobjid = t.oid
                    AND o.classid = 'pg_class'::regclass AND o.deptype = 'a')))
            WHEN 'pg_constraint'::regclass THEN EXISTS (
              SELECT FROM pg_constraint c WHERE c.oid = d.objid
                AND c.conrelid = ANY (?::regclass[]))
            WHEN 'pg_trigger'::regclass THEN EXISTS (
              SELECT FROM pg_trigger g WHERE g.oid = d.objid
                AND (g.tgrelid = t.oid AND g.tgconstrrelid = 0 OR g.tgisinternal))
            WHEN 'pg_policy'::regclass THEN EXISTS (
              SELECT FROM pg_policy o WHERE o.oid = d.objid
                AND o.polrelid = ANY (?::regclass[]))
            WHEN 'pg_rewrite'::regclass THEN EXISTS (
              SELECT FROM pg_rewrite r JOIN pg_class v ON v.oid = r.ev_class
              WHERE r.oid = d.objid AND (v.oid = t.oid OR v.relkind = 'v' AND v.relpersistence <> 't'
                AND r.rulename = '_RETURN'))
            ELSE d.classid IN ('pg_attrdef'::regclass, 'pg_publication_rel'::regclass,
              'pg_statistic_ext'::regclass, 'pg_type'::regclass) END
          ORDER BY 1
          """;

  private static final String COLUMNS =
      "SELECT attname FROM pg_attribute WHERE attrelid = ?::regclass AND attnum > 0"
          + " AND NOT attisdropped AND attgenerated = '' ORDER BY attnum";

  private static final String AROUND =
      """
      SELECT 'publication ' || pubname || ' publishes all tables, the new ones too while they are'
          || ' loaded' FROM pg_publication WHERE puballtables
      UNION ALL
      SELECT 'role ' || current_user || ' may not make schemas in the database'
        WHERE NOT has_database_privilege(current_database(), 'CREATE')
      UNION ALL
      SELECT 'role ' || current_user || ' may not make tables in schema ' || s FROM (
        SELECT ?::text AS s) q WHERE NOT has_schema_privilege(s, 'CREATE')
      UNION ALL
      SELECT 'role ' || current_user || ' cannot see how old the views of other sessions are: GRANT'
          || ' pg_read_all_stats TO ' || quote_ident(current_user)
        WHERE NOT pg_has_role('pg_read_all_stats', 'USAGE')
      """;

  private static final String VIEWS =
      """
      SELECT 'view ' || v.oid::regclass || ' belongs to role ' || pg_get_userbyid(v.relowner)
          || ', which ' || current_user || ' is no member of'
      FROM pg_class v WHERE v.oid = ANY (?::oid[]) AND NOT pg_has_role(v.relowner, 'USAGE')
      """;

  private final ShadowTables tables;

  Obstacles(ShadowTables tables) {
    this.tables = tables;
  }

  /** Empty when the tables can be exchanged. */
  List<String> find(Connection connection) throws SQLException {
    Sql sql = new Sql(connection);
    List<String> missing = missing(sql);
    if (!missing.isEmpty()) {
      return missing;
    }
    List<String> found = new ArrayList<>(sql.texts(AROUND, tables.liveSchema()));
    String[] names = tables.all().stream().map(tables::live).toArray(String[]::new);
    for (ShadowTable table : tables.all()) {
      String live = tables.live(table);
      sql.texts(KIND, live).forEach(text -> found.add(live + " " + text));
      sql.texts(DEPENDENTS, live, names, names).forEach(text -> found.add(live + " " + text));
    }
    found.addAll(surplusColumns(sql));
    found.addAll(sql.texts(VIEWS, (Object) Views.of(sql, tables).oids()));
    return found;
  }

  private List<String> missing(Sql sql) throws SQLException {
    List<String> missing = new ArrayList<>();
    for (ShadowTable table : tables.all()) {
      if (sql.isTrue("SELECT to_regclass(?) IS NULL", tables.live(table))) {
        missing.add("table " + tables.live(table) + " does not exist");
      }
    }
    return missing;
  }

  /** Values of columns that no layout has are on no topic. */
  private List<String> surplusColumns(Sql sql) throws SQLException {
    List<String> surplus = new ArrayList<>();
    for (var table : Tables.of(tables.layout(), tables.liveSchema())) {
      List<String> known = table.columns().stream().map(TableColumn::name).toList();
      String live = tables.liveSchema() + "." + table.name();
      for (String column : sql.texts(COLUMNS, live)) {
        if (!known.contains(column)) {
          surplus.add(live + " has column " + column + ", whose values are on no topic");
        }
      }
    }
    return surplus;
  }
}
