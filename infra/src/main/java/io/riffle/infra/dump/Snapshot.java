package io.riffle.infra.dump;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * One read-only transaction: every table of a dump as of the same moment, written as no setting of
 * the server, the database or the role changes it.
 */
final class Snapshot implements AutoCloseable {

  /** Row security is off so that hidden rows are an error and not missing ones. */
  private static final String SESSION =
      """
      SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;
      SET LOCAL DateStyle = 'ISO, YMD';
      SET LOCAL TimeZone = 'UTC';
      SET LOCAL extra_float_digits = 3;
      SET LOCAL bytea_output = 'hex';
      SET LOCAL statement_timeout = 0;
      SET LOCAL row_security = off;
      """;

  private final Connection connection;
  private final String schema;

  private Snapshot(Connection connection, String schema) {
    this.connection = connection;
    this.schema = schema;
  }

  static Snapshot of(DataSource database, String schema) throws SQLException {
    Connection connection = database.getConnection();
    try (Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(SESSION);
      return new Snapshot(connection, schema);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Streams the rows of a table for which an SQL condition holds.
   *
   * @return rows, the header row left out
   */
  long copy(String table, String condition, OutputStream out) throws SQLException, IOException {
    String copy = CanonicalTable.read(connection, schema, table).copy(condition);
    return connection.unwrap(PGConnection.class).getCopyAPI().copyOut(copy, out);
  }

  @Override
  public void close() throws SQLException {
    connection.close(); // ends the transaction, which wrote nothing
  }
}
