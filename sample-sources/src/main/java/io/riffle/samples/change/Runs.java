package io.riffle.samples.change;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Counts the writers of a database, so that a later one of the same seed makes other changes. */
final class Runs {

  private Runs() {}

  static long next(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE SEQUENCE IF NOT EXISTS public.change_writers");
      try (ResultSet row = statement.executeQuery("SELECT nextval('public.change_writers')")) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
