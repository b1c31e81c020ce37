package io.riffle.chaos.fault;

import io.riffle.chaos.stack.ChaosStack;
import io.riffle.infra.site.Endpoints;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A foreign session locks the rows that it finds. */
final class LockedRows extends Background {

  private static final long HOUR_MILLIS = 3_600_000;

  private final String table;

  LockedRows(String name, String table, ChaosStack stack) {
    super(name, stack);
    this.table = table;
  }

  @Override
  void work(Connection connection) throws SQLException, InterruptedException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET lock_timeout = '20s'");
      // keys are not named: the server logs statements that fail
      statement.execute(
          "SELECT FROM " + Endpoints.TABLES_SCHEMA + "." + table + " LIMIT 500 FOR UPDATE");
      Thread.sleep(HOUR_MILLIS); // until healed
    }
  }
}
