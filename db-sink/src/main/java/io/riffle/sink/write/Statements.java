package io.riffle.sink.write;

import io.riffle.sink.record.Incoming.RowChange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import org.postgresql.PGStatement;

/**
 * Runs statements of a transaction. Each is planned when it runs: a plan kept from a small batch,
 * or from a table that was small then, would scan whole tables later.
 */
final class Statements {
  private final Connection connection;

  Statements(Connection connection) {
    this.connection = connection;
  }

  /** What is done with a row of a result. */
  interface Reader {
    void read(ResultSet row) throws SQLException;
  }

  /** Gives rows to a COPY. */
  interface Rows {
    void writeTo(CopyStream out) throws SQLException;
  }

  /** The keys of changes, as a parameter. */
  static long[] keys(List<? extends RowChange> changes) {
    return changes.stream().mapToLong(RowChange::key).toArray();
  }

  /**
   * @param parameters texts and arrays of numbers
   */
  int update(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = planned(sql, parameters)) {
      return statement.executeUpdate();
    }
  }

  void query(String sql, Reader reader, Object... parameters) throws SQLException {
    try (PreparedStatement statement = planned(sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        reader.read(rows);
      }
    }
  }

  void copy(String sql, Rows rows) throws SQLException {
    try (CopyStream out = CopyStream.open(connection, sql)) {
      rows.writeTo(out);
      out.finish();
    }
  }

  Savepoint savepoint() throws SQLException {
    return connection.setSavepoint();
  }

  void release(Savepoint savepoint) throws SQLException {
    connection.releaseSavepoint(savepoint);
  }

  void rollBackTo(Savepoint savepoint) throws SQLException {
    connection.rollback(savepoint);
  }

  private PreparedStatement planned(String sql, Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      statement.unwrap(PGStatement.class).setPrepareThreshold(0);
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }
}
