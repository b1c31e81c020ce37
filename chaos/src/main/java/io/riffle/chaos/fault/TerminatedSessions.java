package io.riffle.chaos.fault;

import io.riffle.chaos.stack.ChaosStack;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** {@code pg_terminate_backend} on all sessions of the set's database, a few times a second. */
final class TerminatedSessions extends Background {

  private static final long PAUSE_MILLIS = 300;

  TerminatedSessions(String name, ChaosStack stack) {
    super(name, stack);
  }

  @Override
  void work(Connection connection) throws SQLException, InterruptedException {
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      while (true) {
        statement.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }
}
