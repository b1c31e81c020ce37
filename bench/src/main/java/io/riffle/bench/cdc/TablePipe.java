package io.riffle.bench.cdc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;

/**
 * What {@code pg_dump | psql} of one table does, by the same statements: the table is made, its
 * rows go by COPY in text form from one session into another, then it gets its primary key. The
 * programs themselves are not used: they must not be older than the server, which few machines can
 * promise.
 */
final class TablePipe {

  private final DataSource from;
  private final DataSource to;

  TablePipe(DataSource from, DataSource to) {
    this.from = from;
    this.to = to;
  }

  /**
   * Copies a wide table.
   *
   * @param target name of the copy, which is deleted first if it is there
   * @return seconds from the first statement to the last commit
   */
  double copy(String target) throws SQLException {
    try (Connection out = from.getConnection();
        Connection in = to.getConnection()) {
      execute(in, "DROP TABLE IF EXISTS " + target);
      long begin = System.nanoTime();
      execute(in, WideTable.create(target) + ")");
      pipe(out, in, target);
      execute(in, "ALTER TABLE " + target + " ADD PRIMARY KEY (id)");
      return (System.nanoTime() - begin) / 1e9;
    }
  }

  /** Row by row, as psql does. */
  private static void pipe(Connection from, Connection to, String target) throws SQLException {
    CopyOut out = copy(from).copyOut("COPY " + WideTable.NAME + " TO STDOUT");
    CopyIn in = copy(to).copyIn("COPY " + target + " FROM STDIN");
    for (byte[] row = out.readFromCopy(); row != null; row = out.readFromCopy()) {
      in.writeToCopy(row, 0, row.length);
    }
    in.endCopy();
  }

  private static CopyManager copy(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI();
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
