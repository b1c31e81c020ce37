package io.riffle.sink.rebuild;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Takes the live tables for the swap alone, views first, as their readers do. While it waits for
 * one of them, and has others, a reader may wait for it in turn: all of that must be over before
 * the reader's session looks for deadlocks, or the reader may be the one that is cancelled.
 */
final class TableLocks {
  private static final String DEADLOCK_TIMEOUT =
      "SELECT extract(epoch FROM current_setting('deadlock_timeout')::interval) * 1000";

  /** Then a deadlock ends here first, and an autovacuum that is in the way gives way. */
  private static final String FIND_DEADLOCKS_FIRST =
      "SELECT CASE WHEN has_parameter_privilege('deadlock_timeout', 'SET')"
          + " THEN set_config('deadlock_timeout', '50ms', true) END";

  private static final String BLOCKERS =
      """
      SELECT DISTINCT format('session %s (%s) reads %s', a.pid,
        coalesce(nullif(a.application_name, ''), 'no name'), l.relation::regclass)
      FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
      WHERE l.locktype = 'relation' AND l.granted AND a.pid <> pg_backend_pid()
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND l.relation = ANY (?::regclass[])
      ORDER BY 1 LIMIT 3
      """;

  private TableLocks() {}

  /**
   * @param millis longest wait for the first lock
   */
  static void take(Sql sql, ShadowTables tables, long millis) throws SQLException {
    List<String> names = new ArrayList<>(Views.of(sql, tables).names());
    tables.all().forEach(table -> names.add(tables.live(table)));
    double budget = 0.8 * Double.parseDouble(sql.text(DEADLOCK_TIMEOUT));
    sql.text(FIND_DEADLOCKS_FIRST);
    long start = System.nanoTime();
    long wait = millis;
    for (String name : names) {
      sql.execute(
          "SET LOCAL lock_timeout = " + wait, "LOCK TABLE " + name + " IN ACCESS EXCLUSIVE MODE");
      long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      wait = Math.max(1, Math.round(budget) - waited);
    }
    sql.execute("SET LOCAL lock_timeout = 1000");
  }

  /** Who is in the way, in words. */
  static String blockers(Sql sql, ShadowTables tables) throws SQLException {
    String[] names = tables.all().stream().map(tables::live).toArray(String[]::new);
    return String.join("; ", sql.texts(BLOCKERS, (Object) names));
  }
}
