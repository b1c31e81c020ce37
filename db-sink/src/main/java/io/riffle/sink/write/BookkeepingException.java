package io.riffle.sink.write;

import io.riffle.failure.Failure;
import io.riffle.failure.SqlFailures;
import java.sql.SQLException;

/**
 * A statement failed whose values are Riffle's own; marks the way from there to {@link Database}.
 */
final class BookkeepingException extends SQLException {
  private static final long serialVersionUID = 1L;

  private BookkeepingException(SQLException cause) {
    super("bookkeeping", cause.getSQLState(), cause);
  }

  /** A piece of a transaction. */
  interface Statements<T> {
    T run() throws SQLException;
  }

  static <T> T mark(Statements<T> statements) throws SQLException {
    try {
      return statements.run();
    } catch (SQLException e) {
      throw new BookkeepingException(e);
    }
  }

  Failure failure() {
    return SqlFailures.of((SQLException) getCause()).ofBookkeeping();
  }
}
