package io.riffle.chaos.fault;

import io.riffle.chaos.stack.ChaosStack;
import io.riffle.infra.site.Endpoints;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A foreign session has a table to itself. */
final class LockedTable extends Background {

  private static final long HOUR_MILLIS = 3_600_000;

  private final String table;

  LockedTable(String name, String table, ChaosStack stack) {
    super(name, stack);
    this.table = table;
  }

  @Override
  void work(Connection connection) throws SQLException, InterruptedException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET lock_timeout = '20s'");
      statement.execute(
          "LOCK TABLE " + Endpoints.TABLES_SCHEMA + "." + table + " IN ACCESS EXCLUSIVE MODE");
      Thread.sleep(HOUR_MILLIS); // until healed
    }
  }
}
