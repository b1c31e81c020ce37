package io.riffle.sink.write;

import io.riffle.failure.Failure;
import io.riffle.failure.Failures;
import io.riffle.failure.SqlFailures;
import io.riffle.failure.Verdict;
import io.riffle.postgres.ImpatientSockets;
import io.riffle.sink.record.Blamed;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.postgresql.PGProperty;
import org.postgresql.util.PSQLException;

/**
 * One session, opened when it is needed and given up when it breaks. Not for use by several
 * threads.
 */
public final class Database implements AutoCloseable {
  private static final int CONNECT_SECONDS = 10;
  private static final Set<String> ENDING_CLASSES = Set.of("08", "57P", "25P", "58");
  private static final String READ_ONLY = "25006";

  private final DatabaseConfig config;
  private Connection connection;

  public Database(DatabaseConfig config) {
    this.config = config;
  }

  /** What is done in a transaction. */
  public interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  /** False before the first use and after the session broke. */
  public boolean connected() {
    return connection != null;
  }

  /**
   * Runs the work and commits; whatever fails is rolled back.
   *
   * @throws DatabaseException with what the failure means; the work may have been committed when
   *     {@link #connected} is false then
   */
  public <T> T transaction(Work<T> work) {
    try {
      Connection session = session();
      T result = work.run(session);
      session.commit();
      return result;
    } catch (BookkeepingException e) {
      throw rolledBack(e.failure(), Blamed.NOTHING);
    } catch (SQLException e) {
      throw rolledBack(SqlFailures.of(e), blamed(e));
    } catch (RuntimeException e) {
      rollBack();
      throw e;
    }
  }

  /** Rolls back within {@link #transaction}, whose commit then has nothing to do. */
  static void undo(Connection connection) throws SQLException {
    connection.rollback();
  }

  private DatabaseException rolledBack(Failure failure, Blamed blamed) {
    if (endsSession(failure)) {
      close();
    } else {
      rollBack();
    }
    return new DatabaseException(failure, blamed);
  }

  /** What Postgres names in fields of their own; its texts may quote values. */
  private static Blamed blamed(SQLException e) {
    return Failures.chain(e)
        .filter(PSQLException.class::isInstance)
        .map(thrown -> ((PSQLException) thrown).getServerErrorMessage())
        .filter(Objects::nonNull)
        .findFirst()
        .map(told -> new Blamed(named(told.getColumn()), named(told.getConstraint())))
        .orElse(Blamed.NOTHING);
  }

  private static Optional<String> named(String name) {
    return Optional.ofNullable(name);
  }

  /**
   * Sessions that broke, and those that an operator may have changed the tables under: statements
   * and staging tables are made for what was there.
   */
  private static boolean endsSession(Failure failure) {
    String state = failure.code();
    return failure.verdict() == Verdict.SYSTEMIC
        || ENDING_CLASSES.stream().anyMatch(state::startsWith)
        || state.equals(READ_ONLY);
  }

  private void rollBack() {
    try {
      if (connection != null) {
        connection.rollback();
      }
    } catch (SQLException e) {
      close();
    }
  }

  private Connection session() throws SQLException {
    if (connection == null) {
      connection = open();
    }
    return connection;
  }

  private Connection open() throws SQLException {
    Connection opened = DriverManager.getConnection(config.url(), properties());
    try {
      prepare(opened);
      return opened;
    } catch (SQLException e) {
      opened.close();
      throw e;
    }
  }

  private Properties properties() {
    Properties properties = new Properties();
    PGProperty.USER.set(properties, config.user());
    PGProperty.PASSWORD.set(properties, config.password().reveal());
    PGProperty.APPLICATION_NAME.set(properties, config.application());
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    PGProperty.CONNECT_TIMEOUT.set(properties, CONNECT_SECONDS);
    PGProperty.LOGIN_TIMEOUT.set(properties, 2 * CONNECT_SECONDS);
    // It ends waits for a server that is gone without a word, or that takes nothing any more.
    ImpatientSockets.limit(properties, config.socketTimeout());
    PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
    return properties;
  }

  private void prepare(Connection opened) throws SQLException {
    opened.setAutoCommit(false);
    opened.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    try (Statement statement = opened.createStatement()) {
      statement.execute(
          String.format(
              Locale.ROOT,
              "SET lock_timeout = %d; SET statement_timeout = %d;"
                  + " SET idle_in_transaction_session_timeout = 60000;"
                  + " SET synchronous_commit = on; SET search_path = pg_catalog;"
                  + " SET enable_seqscan = off;" // keys lead to rows: no batch reads a whole table
                  + " SET client_min_messages = error",
              config.lockTimeout().toMillis(),
              config.statementTimeout().toMillis()));
    }
    opened.commit();
  }

  @Override
  public void close() {
    Connection closing = connection;
    connection = null;
    if (closing != null) {
      try {
        closing.close();
      } catch (SQLException e) {
        // It is given up either way; the server ends what was open.
      }
    }
  }
}
