package io.riffle.sink.rebuild;

import io.riffle.lease.LeaseParty;
import io.riffle.sink.write.Database;
import io.riffle.sink.write.DatabaseConfig;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Opens sessions for work that may take long. */
final class Sessions {
  private static final Duration AN_INDEX = Duration.ofDays(1);
  private static final Duration LEASE_LIFETIME = Duration.ofSeconds(15);

  /** A statement of a process that is gone ends within a second; sorts of indexes have room. */
  private static final String[] SETTINGS = {
    "SET client_connection_check_interval = '1s'", "SET maintenance_work_mem = '256MB'"
  };

  private final DatabaseConfig config;

  /**
   * @param application name of the sessions
   */
  Sessions(DatabaseConfig config, String application) {
    this.config =
        new DatabaseConfig(
            config.url(),
            config.user(),
            config.password(),
            config.tablesSchema(),
            application,
            config.lockTimeout(),
            Duration.ZERO,
            AN_INDEX);
  }

  /** A session of its own, which the caller closes. */
  Database open() {
    Database database = new Database(config);
    try {
      database.transaction(
          connection -> {
            new Sql(connection).execute(SETTINGS);
            return true;
          });
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** Short sessions, as the lease wants them. */
  DataSource dataSource() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(config.url());
    source.setUser(config.user());
    source.setPassword(config.password().reveal());
    source.setApplicationName(config.application() + "-lease");
    source.setTcpKeepAlive(true);
    source.setLoginTimeout(20);
    source.setSocketTimeout(30);
    return source;
  }

  LeaseParty leaseParty() {
    return LeaseParty.of(config.application(), "swap", LEASE_LIFETIME);
  }

  String application() {
    return config.application();
  }
}
