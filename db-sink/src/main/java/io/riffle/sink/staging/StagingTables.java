package io.riffle.sink.staging;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** {@code riffle.staging_tables}: a row for each captured table. */
final class StagingTables {
  private static final String ADD =
      "INSERT INTO riffle.staging_tables (source, table_name, source_schema, topic)"
          + " VALUES (?, ?, ?, ?) ON CONFLICT (source, table_name) DO NOTHING";
  private static final String READ =
      "SELECT topic, epoch, last_commit, last_lsn, last_offset,"
          + " (extract(epoch FROM last_commit_at) * 1000000)::bigint, floor_epoch, floor_commit, floor_lsn, floor_offset FROM riffle.staging_tables"
          + " WHERE source = ? AND table_name = ? FOR UPDATE";
  private static final String WRITE =
      "UPDATE riffle.staging_tables SET epoch = ?, last_commit = ?, last_lsn = ?, last_offset = ?,"
          + " last_commit_at = ?::text::timestamptz, floor_epoch = ?, floor_commit = ?,"
          + " floor_lsn = ?, floor_offset = ?,"
          + " swept_at = coalesce(?::text::timestamptz, swept_at), inserted = inserted + ?,"
          + " updated = updated + ?, deleted = deleted + ?, unchanged = unchanged + ?,"
          + " older = older + ?, incomplete = incomplete + ?, rejected = rejected + ?,"
          + " stopped = NULL, written_at = clock_timestamp()"
          + " WHERE source = ? AND table_name = ?";
  private static final String STOP =
      "UPDATE riffle.staging_tables SET stopped = ? WHERE source = ? AND table_name = ?"
          + " AND topic = ?";

  private final Connection connection;

  StagingTables(Connection connection) {
    this.connection = connection;
  }

  /**
   * What is known of a table, which is entered where it is new; its row is locked until the
   * transaction ends.
   *
   * @return empty when the name belongs to the table of another topic
   */
  Optional<StagingState> read(CapturedTable table, String topic) throws SQLException {
    add(table, topic);
    try (PreparedStatement statement = connection.prepareStatement(READ)) {
      statement.setString(1, table.source());
      statement.setString(2, table.name());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        if (!row.getString(1).equals(topic)) {
          return Optional.empty();
        }
        long micros = row.getLong(6);
        Optional<Long> commitAt = row.wasNull() ? Optional.empty() : Optional.of(micros);
        EventVersion last = version(row, 2);
        row.getInt(7);
        Optional<EventVersion> floor =
            row.wasNull() ? Optional.empty() : Optional.of(version(row, 7));
        return Optional.of(new StagingState(last, commitAt, floor));
      }
    }
  }

  private void add(CapturedTable table, String topic) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ADD)) {
      statement.setString(1, table.source());
      statement.setString(2, table.name());
      statement.setString(3, table.schema());
      statement.setString(4, topic);
      statement.executeUpdate();
    }
  }

  private static EventVersion version(ResultSet row, int from) throws SQLException {
    return new EventVersion(
        row.getInt(from), row.getLong(from + 1), row.getLong(from + 2), row.getLong(from + 3));
  }

  /** Stores what became of a table; it goes on, if it was stopped. */
  void write(CapturedTable table, StagingState state) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
      set(statement, 1, Optional.of(state.last()));
      statement.setString(5, state.commitAt().map(StagedRows::time).orElse(null));
      set(statement, 6, state.floor());
      statement.setString(10, state.sweptAt().map(StagedRows::time).orElse(null));
      long[] counts = state.counts();
      for (int at = 0; at < counts.length; at++) {
        statement.setLong(11 + at, counts[at]);
      }
      statement.setString(11 + counts.length, table.source());
      statement.setString(12 + counts.length, table.name());
      statement.executeUpdate();
    }
  }

  private static void set(PreparedStatement statement, int from, Optional<EventVersion> version)
      throws SQLException {
    statement.setObject(
        from, version.map(EventVersion::epoch).orElse(null), java.sql.Types.INTEGER);
    statement.setObject(
        from + 1, version.map(EventVersion::commit).orElse(null), java.sql.Types.BIGINT);
    statement.setObject(
        from + 2, version.map(EventVersion::lsn).orElse(null), java.sql.Types.BIGINT);
    statement.setObject(
        from + 3, version.map(EventVersion::offset).orElse(null), java.sql.Types.BIGINT);
  }

  /** Notes why nothing of a table is written for now. */
  void stop(CapturedTable table, String topic, String reason) throws SQLException {
    add(table, topic);
    try (PreparedStatement statement = connection.prepareStatement(STOP)) {
      statement.setString(1, reason);
      statement.setString(2, table.source());
      statement.setString(3, table.name());
      statement.setString(4, topic);
      statement.executeUpdate();
    }
  }
}
