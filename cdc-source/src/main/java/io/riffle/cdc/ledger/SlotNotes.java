package io.riffle.cdc.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.Optional;

/** Rows of {@code riffle.cdc_slots}, on the caller's connection. */
public final class SlotNotes {
  private final Connection connection;

  public SlotNotes(Connection connection) {
    this.connection = connection;
  }

  public void note(String source, SlotNote note) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO riffle.cdc_slots (slot, seen_at, active, wal_status, confirmed_lsn, read_lsn, server_lsn,"
                + " retained_bytes, safe_bytes, behind_seconds, source) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT (source) DO UPDATE SET (slot, seen_at, active, wal_status, confirmed_lsn, read_lsn,"
                + " server_lsn, retained_bytes, safe_bytes, behind_seconds) = (excluded.slot, excluded.seen_at,"
                + " excluded.active, excluded.wal_status, excluded.confirmed_lsn, excluded.read_lsn, excluded.server_lsn,"
                + " excluded.retained_bytes, excluded.safe_bytes, excluded.behind_seconds)")) {
      statement.setString(1, note.slot());
      statement.setTimestamp(2, Timestamp.from(note.seenAt()));
      statement.setBoolean(3, note.active());
      statement.setString(4, note.walStatus());
      statement.setObject(5, note.confirmedLsn().orElse(null), Types.BIGINT);
      statement.setObject(6, note.readLsn().orElse(null), Types.BIGINT);
      statement.setLong(7, note.serverLsn());
      statement.setLong(8, note.retainedBytes());
      statement.setObject(9, note.safeBytes().orElse(null), Types.BIGINT);
      statement.setObject(10, note.behindSeconds().orElse(null), Types.DOUBLE);
      statement.setString(11, source);
      statement.executeUpdate();
    }
  }

  public Optional<SlotNote> find(String source) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT slot, seen_at, active, wal_status, confirmed_lsn, read_lsn, server_lsn, retained_bytes, safe_bytes,"
                + " behind_seconds FROM riffle.cdc_slots WHERE source = ?")) {
      query.setString(1, source);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(note(row)) : Optional.empty();
      }
    }
  }

  private static SlotNote note(ResultSet row) throws SQLException {
    return new SlotNote(
        row.getString(1),
        row.getTimestamp(2).toInstant(),
        row.getBoolean(3),
        row.getString(4),
        Optional.ofNullable(row.getObject(5, Long.class)),
        Optional.ofNullable(row.getObject(6, Long.class)),
        row.getLong(7),
        row.getLong(8),
        Optional.ofNullable(row.getObject(9, Long.class)),
        Optional.ofNullable(row.getObject(10, Double.class)));
  }
}
