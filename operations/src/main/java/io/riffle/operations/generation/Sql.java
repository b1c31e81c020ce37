package io.riffle.operations.generation;

import io.riffle.operations.replay.ReplayException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Statements with parameters, in transactions. */
final class Sql {
  private static final String CHECK_VIOLATION = "23514";

  private Sql() {}

  /** Work in one transaction. */
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  /** Makes a value of a row. */
  interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  /**
   * Runs work; what the database's own functions refuse is for the operator.
   *
   * @throws ReplayException with the reason, when they do
   */
  static <T> T transaction(DataSource database, Work<T> work) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      T result = work.run(connection);
      connection.commit();
      return result;
    } catch (SQLException e) {
      if (CHECK_VIOLATION.equals(e.getSQLState())) {
        throw new ReplayException(
            e.getMessage().replaceFirst("(?s)^\\w+: (.*?)(\\n.*)?$", "$1"), e);
      }
      throw e;
    }
  }

  static <T> List<T> list(Connection connection, Row<T> row, String sql, Object... parameters)
      throws SQLException {
    List<T> found = new ArrayList<>();
    try (PreparedStatement select = prepare(connection, sql, parameters);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        found.add(row.of(rows));
      }
    }
    return found;
  }

  /** Calls a function, of which the answer does not matter. */
  static boolean call(Connection connection, String sql, Object... parameters) throws SQLException {
    try (PreparedStatement call = prepare(connection, sql, parameters)) {
      return call.execute();
    }
  }

  static int update(Connection connection, String sql, Object... parameters) throws SQLException {
    try (PreparedStatement update = prepare(connection, sql, parameters)) {
      return update.executeUpdate();
    }
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }
}
