package io.riffle.chaos.check;

import io.riffle.chaos.check.Finding.Kind;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * No row becomes older, and none is away without a DELETE, at no moment of a load: each look
 * compares the versions of all rows with those of the looks before, in the same database. For one
 * thread at a time.
 */
public final class NewestWins {

  private static final String DATABASE =
      "SELECT oid FROM pg_database WHERE datname = current_database()";

  private final DataSource database;
  private final Map<String, String> statements = new TreeMap<>();
  private final Map<String, Map<Long, Long>> newest = new HashMap<>();
  private String seenDatabase = "";
  private final Map<String, Long> older = new TreeMap<>();
  private final Map<String, Long> away = new TreeMap<>();
  private long looks;

  public NewestWins(DataSource database, String schema, Layouts layouts) {
    this.database = database;
    layouts.all().stream()
        .filter(layout -> layout.joins().isEmpty())
        .forEach(layout -> statements.put(layout.headerTable(), statement(layout, schema)));
  }

  /** One snapshot: a row that was deleted meanwhile is in one of the two. */
  private static String statement(Layout layout, String schema) {
    return String.format(
        """
        SELECT key, max(version) AS version FROM (
          SELECT %1$s AS key, riffle_generation::bigint << 48 | riffle_offset AS version FROM %2$s
          UNION ALL
          SELECT key, generation::bigint << 48 | "offset" FROM riffle.deleted_keys WHERE type = '%3$s') versions
         GROUP BY key
        """,
        layout.key().sqlName(), schema + "." + layout.headerTable(), layout.type());
  }

  /** Compares all rows with what was seen before. */
  public synchronized void sample() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(20);
      forgetAnother(statement);
      for (Map.Entry<String, String> table : statements.entrySet()) {
        Map<Long, Long> seen = new HashMap<>();
        try (ResultSet rows = statement.executeQuery(table.getValue())) {
          while (rows.next()) {
            seen.put(rows.getLong("key"), rows.getLong("version"));
          }
        }
        compare(table.getKey(), seen);
      }
      looks++;
    }
  }

  /** One that was restored from a backup is another one, and may be older. */
  private void forgetAnother(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(DATABASE)) {
      row.next();
      if (!row.getString(1).equals(seenDatabase)) {
        newest.clear();
        seenDatabase = row.getString(1);
      }
    }
  }

  private void compare(String table, Map<Long, Long> seen) {
    Map<Long, Long> before = newest.computeIfAbsent(table, t -> new HashMap<>());
    before.forEach(
        (key, version) -> {
          Long now = seen.get(key);
          if (now == null) {
            away.merge(table, 1L, Long::sum);
          } else if (now < version) {
            older.merge(table, 1L, Long::sum);
          }
        });
    // what was away or older once is not counted again and again
    newest.put(table, seen);
  }

  /** How often all tables were looked at. */
  public synchronized long looks() {
    return looks;
  }

  /** What was found since the last time. */
  public synchronized List<Finding> look() throws SQLException {
    sample();
    List<Finding> findings = new ArrayList<>();
    older.forEach((table, rows) -> add(findings, rows, table + " had %d rows that became older"));
    away.forEach((table, rows) -> add(findings, rows, table + " lost %d rows without a DELETE"));
    older.clear();
    away.clear();
    return findings;
  }

  private static void add(List<Finding> findings, long rows, String what) {
    String text = what.replace("%d", Long.toString(rows));
    findings.add(new Finding("NewestWins", Kind.REGRESSED, text, rows));
  }
}
