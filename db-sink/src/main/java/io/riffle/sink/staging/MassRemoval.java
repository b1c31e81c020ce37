package io.riffle.sink.staging;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Rows of a whole table are gone: in pieces, so that no statement takes too long. */
final class MassRemoval {
  /** 64 MiB of a table. */
  private static final long BLOCKS = 8192;

  private final Connection connection;
  private final StagingSql sql;

  MassRemoval(Connection connection, StagingSql sql) {
    this.connection = connection;
    this.sql = sql;
  }

  /**
   * Marks the rows that are older than a version, and there, as deleted; tells how many.
   *
   * @param now the version that they have then
   */
  long run(EventVersion older, EventVersion now, long at) throws SQLException {
    long blocks = Probe.number(connection, sql.blocks());
    long removed = 0;
    for (long from = 0; from < blocks; from += BLOCKS) {
      removed += run(older, now, at, from, from + BLOCKS);
    }
    return removed;
  }

  private long run(EventVersion older, EventVersion now, long at, long from, long to)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql.remove())) {
      statement.setString(1, StagedRows.time(at));
      statement.setString(2, StagedRows.time(at));
      set(statement, 3, now);
      statement.setString(7, "(" + from + ",0)");
      statement.setString(8, "(" + to + ",0)");
      set(statement, 9, older);
      return statement.executeLargeUpdate();
    }
  }

  private static void set(PreparedStatement statement, int first, EventVersion version)
      throws SQLException {
    statement.setInt(first, version.epoch());
    statement.setLong(first + 1, version.commit());
    statement.setLong(first + 2, version.lsn());
    statement.setLong(first + 3, version.offset());
  }
}
