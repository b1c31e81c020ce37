package io.riffle.chaos.fault;

import io.riffle.chaos.stack.ChaosStack;
import io.riffle.operations.site.Endpoints;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A foreign session locks rows a few at a time from the other end than the sink, whose batches are
 * sorted: where they meet, each waits for the other.
 */
final class BackwardsLocks extends Background {

  private static final int ROWS = 50;
  private static final int STEPS = 40;
  private static final long PAUSE_MILLIS = 10;

  private final String table;

  BackwardsLocks(String name, String table, ChaosStack stack) {
    super(name, stack);
    this.table = table;
  }

  @Override
  void work(Connection connection) throws SQLException, InterruptedException {
    String key = table.equals("partd_events") ? "pde_id" : "clm_id";
    String from = " FROM " + Endpoints.TABLES_SCHEMA + "." + table;
    try (Statement statement = connection.createStatement()) {
      for (int step = 0; step < STEPS; step++) {
        statement.execute(
            "SELECT FROM (SELECT "
                + key
                + from
                + " ORDER BY 1 DESC LIMIT "
                + ROWS
                + " OFFSET "
                + step * ROWS
                + " FOR UPDATE) locked");
        Thread.sleep(PAUSE_MILLIS);
      }
      connection.rollback();
    }
  }
}
