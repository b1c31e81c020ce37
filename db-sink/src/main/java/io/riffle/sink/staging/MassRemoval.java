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

  /** Marks the rows that are older than a version, and there, as deleted; tells how many. */
  long run(EventVersion older, long at) throws SQLException {
    long blocks = Probe.number(connection, sql.blocks());
    long removed = 0;
    for (long from = 0; from < blocks; from += BLOCKS) {
      removed += run(older, at, from, from + BLOCKS);
    }
    return removed;
  }

  private long run(EventVersion older, long at, long from, long to) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql.remove())) {
      statement.setString(1, StagedRows.time(at));
      statement.setString(2, "(" + from + ",0)");
      statement.setString(3, "(" + to + ",0)");
      statement.setInt(4, older.epoch());
      statement.setLong(5, older.commit());
      statement.setLong(6, older.lsn());
      statement.setLong(7, older.offset());
      return statement.executeLargeUpdate();
    }
  }
}
