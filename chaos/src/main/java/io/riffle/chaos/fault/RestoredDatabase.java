package io.riffle.chaos.fault;

import io.riffle.chaos.stack.ChaosStack;
import io.riffle.operations.client.PostgresClient;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A backup of the set's database is taken, and what heals is to go back to it: what was loaded
 * meanwhile is gone, offsets, ledger and requests with it.
 */
final class RestoredDatabase implements Fault {

  private final String name;
  private final ChaosStack stack;
  private boolean taken;

  RestoredDatabase(String name, ChaosStack stack) {
    this.name = name;
    this.stack = stack;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void inject() {
    try {
      outside(
          "ALTER DATABASE %1$s ALLOW_CONNECTIONS false",
          "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '%1$s'",
          "CREATE DATABASE %1$s_backup TEMPLATE %1$s");
      taken = true;
      outside("ALTER DATABASE %1$s ALLOW_CONNECTIONS true");
    } catch (SQLException e) {
      // another fault has hit the server: whether there is a backup is known
    }
  }

  /** Without a server there is nothing to restore into; the backup is left then. */
  @Override
  public void heal() throws SQLException {
    if (taken && stack.services().isRunning("postgres")) {
      outside("DROP DATABASE %1$s WITH (FORCE)", "ALTER DATABASE %1$s_backup RENAME TO %1$s");
    }
  }

  private void outside(String... statements) throws SQLException {
    String url = stack.endpoints().jdbcUrl();
    String database = url.substring(url.lastIndexOf('/') + 1);
    try (Connection connection = PostgresClient.admin(stack.endpoints());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(String.format(sql, database));
      }
    }
  }
}
