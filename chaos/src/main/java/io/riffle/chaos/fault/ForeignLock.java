package io.riffle.chaos.fault;

import io.riffle.chaos.stack.ChaosStack;
import io.riffle.operations.site.Endpoints;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A foreign session holds a table, or rows of it. */
final class ForeignLock extends Background {

  private static final String TABLE = "LOCK TABLE %s.%s IN ACCESS EXCLUSIVE MODE";

  /** Keys are not named: the server logs statements that fail. */
  private static final String ROWS = "SELECT FROM %s.%s LIMIT 500 FOR UPDATE";

  private final String lock;

  private ForeignLock(String name, String lock, ChaosStack stack) {
    super(name, stack);
    this.lock = lock;
  }

  /** Of the whole table. */
  static ForeignLock ofTable(String name, String table, ChaosStack stack) {
    return new ForeignLock(name, TABLE.formatted(Endpoints.TABLES_SCHEMA, table), stack);
  }

  /** Of the rows that it finds, 500 at most. */
  static ForeignLock ofRows(String name, String table, ChaosStack stack) {
    return new ForeignLock(name, ROWS.formatted(Endpoints.TABLES_SCHEMA, table), stack);
  }

  @Override
  void work(Connection connection) throws SQLException, InterruptedException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET lock_timeout = '20s'");
      statement.execute(lock);
      awaitHealing();
    }
  }
}
