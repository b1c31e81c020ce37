package io.riffle.sink.staging;

import io.riffle.failure.SqlFailures;
import io.riffle.sink.staging.StructureKeeper.ImpossibleException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/**
 * Alters tables without much patience: while a lock is waited for, or a table is rewritten, all
 * others wait, too. What takes too long is left to an operator. One thread.
 */
final class Alterations {
  private static final String LOCK_PATIENCE = "1s";
  private static final String QUERY_CANCELED = "57014";

  /** What took longer than a statement may: it would the next time, too. */
  private final Set<String> tooLong = new HashSet<>();

  /**
   * Runs a statement.
   *
   * @throws ImpossibleException when it takes too long, or did once
   */
  void run(Connection connection, String ddl) throws SQLException, ImpossibleException {
    if (tooLong.contains(ddl)) {
      throw tooLong(ddl);
    }
    try (Statement statement = connection.createStatement()) {
      String patience = patience(statement);
      statement.execute("SET LOCAL lock_timeout = '" + LOCK_PATIENCE + "'");
      statement.execute(ddl);
      statement.execute("SET LOCAL lock_timeout = '" + patience + "'");
    } catch (SQLException e) {
      if (QUERY_CANCELED.equals(e.getSQLState())) {
        tooLong.add(ddl);
        throw tooLong(ddl);
      }
      if (TableTrouble.isRefusedDefinition(e)) {
        throw new ImpossibleException(SqlFailures.of(e).text() + ": " + ddl);
      }
      throw e;
    }
  }

  private static String patience(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SHOW lock_timeout")) {
      row.next();
      return row.getString(1);
    }
  }

  private static ImpossibleException tooLong(String ddl) {
    return new ImpossibleException(
        "it would be rewritten for longer than other tables can wait. Remedy, in a session of your"
            + " own: "
            + ddl);
  }
}
