package io.riffle.producer.ledger;

import io.riffle.failure.Failure;
import io.riffle.failure.SqlFailures;
import io.riffle.failure.Verdict;
import io.riffle.postgres.ImpatientSockets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to Postgres, opened when first used and thrown away after any failure, so that the
 * next use starts afresh. Work runs in transactions. For one thread.
 */
public final class Database implements AutoCloseable {

  /** Statements of one transaction. */
  @FunctionalInterface
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  private static final String CONNECT_TIMEOUT_SECONDS = "10";

  private static final Logger log = LoggerFactory.getLogger(Database.class);

  private final DatabaseConfig config;
  private final Duration socketTimeout;
  private volatile Connection connection;

  public Database(DatabaseConfig config) {
    this(config, config.socketTimeout());
  }

  /**
   * For statements that may take longer than those of the ledger do.
   *
   * @param socketTimeout how long the server may be silent
   */
  public Database(DatabaseConfig config, Duration socketTimeout) {
    this.config = config;
    this.socketTimeout = socketTimeout;
  }

  /** The schema of the tables of record, checked to be a plain name. */
  String tables() {
    return config.tablesSchema();
  }

  /**
   * Runs the work in a transaction.
   *
   * @throws LedgerUnavailableException when trying again later may help; nothing was done, or the
   *     outcome of the commit is unknown: work must be repeatable
   * @throws LedgerException when it cannot help
   */
  <T> T transaction(Work<T> work) {
    try {
      Connection open = connect();
      T result = work.run(open);
      open.commit();
      return result;
    } catch (SQLException e) {
      close();
      throw translated(e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Ends what is running with an exception; for any thread. */
  public void abort() {
    Connection open = connection;
    try {
      if (open != null) {
        open.abort(Runnable::run);
      }
    } catch (SQLException e) {
      log.atDebug().setCause(e).log("aborting a connection failed");
    }
  }

  @Override
  public void close() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      log.atDebug().setCause(e).log("closing a given-up connection failed");
    } finally {
      connection = null;
    }
  }

  private Connection connect() throws SQLException {
    if (connection == null) {
      connection = DriverManager.getConnection(config.url(), properties());
      connection.setAutoCommit(false);
    }
    return connection;
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("user", config.user());
    config.password().ifPresent(password -> properties.setProperty("password", password.reveal()));
    properties.setProperty("ApplicationName", "rif-producer");
    ImpatientSockets.limit(properties, socketTimeout);
    properties.setProperty("connectTimeout", CONNECT_TIMEOUT_SECONDS);
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("logServerErrorDetail", "false"); // a detail may quote a row
    return properties;
  }

  /** All values are Riffle's own here, so one that does not fit is no record's fault. */
  private static RuntimeException translated(SQLException e) {
    Failure failure = SqlFailures.of(e).ofBookkeeping();
    return failure.verdict() == Verdict.PASSING
        ? new LedgerUnavailableException(failure, e)
        : new LedgerException(failure, e);
  }
}
