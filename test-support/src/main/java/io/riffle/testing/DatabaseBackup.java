package io.riffle.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Copies a database within its server, and goes back to the copy, while programs are at work. */
public final class DatabaseBackup {
  private final Connection outside;
  private final String database;

  /**
   * A backup that is not taken yet.
   *
   * @param outside a superuser's session of another database of the server; who opened it closes it
   */
  public DatabaseBackup(Connection outside, String database) {
    this.outside = outside;
    this.database = database;
  }

  /** Keeps a copy of what is there now; all sessions end for it. */
  public void take() throws SQLException {
    execute("ALTER DATABASE %1$s ALLOW_CONNECTIONS false");
    execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '%1$s'");
    execute("CREATE DATABASE %1$s_backup TEMPLATE %1$s");
    execute("ALTER DATABASE %1$s ALLOW_CONNECTIONS true");
  }

  /** Goes back to the copy, once; what came since is gone, and so are all sessions. */
  public void restore() throws SQLException {
    execute("DROP DATABASE %1$s WITH (FORCE)");
    execute("ALTER DATABASE %1$s_backup RENAME TO %1$s");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = outside.createStatement()) {
      statement.execute(String.format(sql, database));
    }
  }
}
