package io.riffle.bench.load;

import io.riffle.bench.chain.Database;
import io.riffle.operations.load.LoadException;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** Holds tables against what was generated: figures of a load that lost rows are worth nothing. */
public final class TableCheck {

  private TableCheck() {}

  /**
   * Counts all rows.
   *
   * @param rows expected ones by table
   * @throws LoadException when a table has more or fewer
   */
  public static void require(Database database, String schema, Map<String, Long> rows)
      throws SQLException {
    for (Map.Entry<String, Long> table : new TreeMap<>(rows).entrySet()) {
      long found = database.number("SELECT count(*) FROM " + schema + "." + table.getKey());
      if (found != table.getValue()) {
        throw new LoadException(
            schema + "." + table.getKey() + " has " + found + " rows, not " + table.getValue());
      }
    }
  }

  /**
   * Counts the rows that have one of a column's values.
   *
   * @throws LoadException when the backfill left some out
   */
  public static void requireFilled(
      Database database, String schema, String table, String column, long rows)
      throws SQLException {
    String sql = "SELECT count(" + column + ") FROM " + schema + "." + table;
    long found = database.number(sql);
    if (found != rows) {
      throw new LoadException(
          "after the backfill, "
              + found
              + " rows of "
              + table
              + " have "
              + column
              + ", not "
              + rows);
    }
  }
}
