package io.riffle.operations.doctor;

import io.riffle.operations.site.Endpoints;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What the user of the target database may do. Catalogues tell, which everybody may read: a user
 * without any right is examined as well as one who lacks a single one.
 */
final class PostgresRights {
  private static final String SCHEMAS =
      """
      SELECT nspname, quote_ident(current_user) FROM pg_namespace
       WHERE nspname IN (?, 'riffle') AND NOT has_schema_privilege(oid, 'USAGE') ORDER BY 1
      """;

  /** A table that the user may not write stops the sink at its first record for it. */
  private static final String TABLES =
      """
      SELECT schema, string_agg(privilege, ', ' ORDER BY place), tables, name, quote_ident(current_user)
        FROM (SELECT n.nspname AS schema, p.privilege, p.place, count(*) AS tables, min(c.relname::text) AS name
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
               CROSS JOIN (VALUES ('SELECT', 1), ('INSERT', 2), ('UPDATE', 3), ('DELETE', 4)) p (privilege, place)
               WHERE c.relkind IN ('r', 'p') AND NOT has_table_privilege(c.oid, p.privilege)
                 AND (n.nspname = ? OR n.nspname = 'riffle'
                      AND (p.privilege = 'SELECT' OR p.privilege = 'INSERT' AND c.relname = 'activity'))
               GROUP BY 1, 2, 3) lacking
       GROUP BY schema, tables, CASE tables WHEN 1 THEN name END, name ORDER BY 1, 2
      """;

  private static final String HISTORY =
      """
      SELECT NOT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                          WHERE n.nspname = 'riffle' AND c.relname = 'flyway_schema_history'
                            AND NOT (has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')))
      """;

  private final Connection database;

  PostgresRights(Connection database) {
    this.database = database;
  }

  /** Whether none is missing; each that is missing is told, with what grants it. */
  boolean examine(Findings findings) throws SQLException {
    boolean schemas = schemas(findings);
    return tables(findings) && schemas;
  }

  /** Whether it can be seen which migrations there were. */
  boolean mayReadHistory() throws SQLException {
    try (PreparedStatement query = database.prepareStatement(HISTORY);
        ResultSet row = query.executeQuery()) {
      return row.next() && row.getBoolean(1);
    }
  }

  private boolean schemas(Findings findings) throws SQLException {
    boolean good = true;
    try (PreparedStatement query = ask(SCHEMAS);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        findings.fail(
            "the user %s may not use schema %s".formatted(row.getString(2), row.getString(1)),
            "GRANT USAGE ON SCHEMA %s TO %s".formatted(row.getString(1), row.getString(2)));
        good = false;
      }
    }
    return good;
  }

  private boolean tables(Findings findings) throws SQLException {
    boolean good = true;
    try (PreparedStatement query = ask(TABLES);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        String schema = row.getString(1);
        String rights = row.getString(2);
        boolean single = row.getLong(3) == 1;
        String table = schema + "." + row.getString(4);
        String user = row.getString(5);
        findings.fail(
            "the user %s may not %s %s"
                .formatted(
                    user, rights, single ? table : row.getLong(3) + " tables of schema " + schema),
            "GRANT %s ON %s TO %s"
                .formatted(rights, single ? table : "ALL TABLES IN SCHEMA " + schema, user));
        good = false;
      }
    }
    return good;
  }

  private PreparedStatement ask(String sql) throws SQLException {
    PreparedStatement query = database.prepareStatement(sql);
    query.setString(1, Endpoints.TABLES_SCHEMA);
    return query;
  }
}
