package io.riffle.sink.rebuild;

import java.sql.SQLException;
import java.util.List;

/**
 * The views that read live tables themselves. Each is defined again, by the same text, when the
 * names in it mean the new tables; it stays the same object, with its owner, its rights and
 * whatever reads it.
 */
final class Views {
  private static final String FIND =
      """
      SELECT DISTINCT v.oid::bigint, format('%I.%I', n.nspname, v.relname),
        format('CREATE OR REPLACE VIEW %I.%I', n.nspname, v.relname)
        || coalesce(' WITH (' || (SELECT string_agg(split_part(o, '=', 1) || ' = '
          || quote_literal(substr(o, strpos(o, '=') + 1)), ', ') FROM unnest(v.reloptions) o)
          || ')', '')
        || ' AS ' || pg_get_viewdef(v.oid)
      FROM pg_depend d
      JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid
      JOIN pg_class v ON v.oid = r.ev_class AND v.relkind = 'v' AND v.relpersistence <> 't'
      JOIN pg_namespace n ON n.oid = v.relnamespace
      WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = ANY (?::regclass[])
      ORDER BY 1
      """;

  private record View(long oid, String name, String definition) {}

  private final List<View> views;

  private Views(List<View> views) {
    this.views = views;
  }

  static Views of(Sql sql, ShadowTables tables) throws SQLException {
    String[] names = tables.all().stream().map(tables::live).toArray(String[]::new);
    return new Views(
        sql.list(
            row -> new View(row.getLong(1), row.getString(2), row.getString(3)),
            FIND,
            (Object) names));
  }

  Long[] oids() {
    return views.stream().map(View::oid).toArray(Long[]::new);
  }

  List<String> names() {
    return views.stream().map(View::name).toList();
  }

  List<String> definitions() {
    return views.stream().map(View::definition).toList();
  }
}
