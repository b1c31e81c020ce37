package io.riffle.sink;

import java.util.ArrayList;
import java.util.List;

/** What the catalogs say of the tables of record, without the numbers of objects. */
final class CatalogSnapshot {
  private static final String OF =
      " JOIN pg_namespace n ON n.oid = c.relnamespace AND nspname = 'ccw'";

  private static final List<String> QUERIES =
      List.of(
          "SELECT 'table', c.relname, c.relkind, c.reloptions, t.reloptions, c.relpersistence,"
              + " pg_get_userbyid(c.relowner), c.relrowsecurity, c.relforcerowsecurity,"
              + " c.relreplident, c.reltablespace, a.amname,"
              + " (SELECT array_agg(x::text ORDER BY x::text) FROM unnest(c.relacl) x),"
              + " obj_description(c.oid, 'pg_class') FROM pg_class c"
              + OF
              + " LEFT JOIN pg_class t ON t.oid = c.reltoastrelid LEFT JOIN pg_am a ON a.oid = c.relam",
          "SELECT 'column', c.relname, a.attname, format_type(atttypid, atttypmod), attnotnull,"
              + " attstattarget, attoptions, attstorage, attcompression, attcollation, attgenerated,"
              + " pg_get_expr(adbin, adrelid), col_description(c.oid, attnum),"
              + " (SELECT array_agg(x::text ORDER BY x::text) FROM unnest(attacl) x),"
              + " row_number() OVER (PARTITION BY c.oid ORDER BY attnum)"
              + " FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid"
              + OF
              + " LEFT JOIN pg_attrdef ON adrelid = c.oid AND adnum = attnum"
              + " WHERE attnum > 0 AND NOT attisdropped",
          "SELECT 'index', pg_get_indexdef(i.indexrelid), indisclustered, indisreplident, indisvalid,"
              + " indisprimary, indimmediate, obj_description(c.oid, 'pg_class')"
              + " FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
              + OF,
          "SELECT 'constraint', c.relname, conname, pg_get_constraintdef(k.oid), convalidated,"
              + " condeferrable, condeferred, obj_description(k.oid, 'pg_constraint')"
              + " FROM pg_constraint k JOIN pg_class c ON c.oid = conrelid"
              + OF,
          "SELECT 'trigger', pg_get_triggerdef(t.oid), tgenabled, obj_description(t.oid, 'pg_trigger')"
              + " FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid"
              + OF
              + " WHERE NOT tgisinternal",
          "SELECT 'policy', p.*, (SELECT obj_description(o.oid, 'pg_policy') FROM pg_policy o"
              + " WHERE o.polname = p.policyname LIMIT 1) FROM pg_policies p WHERE schemaname = 'ccw'",
          "SELECT 'statistics', pg_get_statisticsobjdef(s.oid), stxstattarget,"
              + " obj_description(s.oid, 'pg_statistic_ext') FROM pg_statistic_ext s"
              + " JOIN pg_namespace n ON n.oid = stxnamespace WHERE nspname = 'ccw'",
          "SELECT 'publication', p.* FROM pg_publication_tables p",
          "SELECT 'view', schemaname, viewname, viewowner, definition FROM pg_views"
              + " WHERE schemaname = 'ccw'",
          "SELECT 'sequence', s.relname, c.relname, refobjsubid FROM pg_depend d JOIN pg_class s"
              + " ON s.oid = objid AND s.relkind = 'S' AND d.deptype = 'a'"
              + " JOIN pg_class c ON c.oid = refobjid"
              + OF);

  private CatalogSnapshot() {}

  static List<String> of(SinkFixture sink) {
    List<String> all = new ArrayList<>();
    for (String query : QUERIES) {
      all.addAll(sink.rows(query).stream().map(CatalogSnapshot::flat).sorted().toList());
    }
    return all;
  }

  /** How a text of SQL is shown again: how often it is put into parentheses means nothing. */
  private static String flat(String row) {
    return row.replace("(", "").replace(")", "");
  }
}
