package io.riffle.operations.client;

import java.sql.SQLException;

/** Postgres away for a while: it restarts, or cannot be reached. Whoever waits goes on waiting. */
public final class Outage {

  private Outage() {}

  /** Whether that is why a statement failed: SQLSTATE class 08, or the server stops or starts. */
  public static boolean isWhy(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return state.startsWith("08") || state.startsWith("57P");
  }

  /** A question to the database. */
  @FunctionalInterface
  public interface Look<T> {
    T now() throws SQLException;
  }

  /** The answer or, while there is none, the one of the time before. */
  public static <T> T answer(Look<T> look, T before) throws SQLException {
    try {
      return look.now();
    } catch (SQLException e) {
      if (isWhy(e)) {
        return before;
      }
      throw e;
    }
  }
}
