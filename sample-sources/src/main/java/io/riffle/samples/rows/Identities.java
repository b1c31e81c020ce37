package io.riffle.samples.rows;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Identity columns whose values were given, so that the database does not know of them. */
public final class Identities {

  private Identities() {}

  /**
   * Lets the database count on from the highest: a row of somebody else's gets a key of its own.
   */
  public static void goOn(Connection connection, TableShape table) throws SQLException {
    if (table.key().size() != 1 || !table.key().get(0).isWholeNumber()) {
      return;
    }
    ColumnShape key = table.key().get(0);
    String sql =
        """
        SELECT setval(sequence, greatest((SELECT max(%2$s) FROM %1$s), 1))
        FROM (SELECT pg_get_serial_sequence('%1$s', '%3$s')::regclass AS sequence) s
        WHERE sequence IS NOT NULL
        """;
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql.formatted(table.quoted(), key.quoted(), key.name()));
    }
  }
}
