package io.riffle.cdc.guard;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A server and one of its slots at a moment.
 *
 * @param system identifier of the server's data
 * @param timeline of the log that it writes
 * @param serverLsn where that log ends
 * @param slot none when there is no slot of that name in this database
 */
public record SlotState(String system, int timeline, long serverLsn, Optional<Slot> slot) {
  private static final int TIMELINE_DIGITS = 8;
  private static final int HEXADECIMAL = 16;

  /** Any user may ask this. */
  private static final String QUERY =
      """
      SELECT c.system_identifier::text, pg_walfile_name(pg_current_wal_lsn()), pg_current_wal_lsn()::text,
             s.slot_name, s.active, coalesce(s.wal_status, ''), s.restart_lsn::text, s.confirmed_flush_lsn::text,
             s.safe_wal_size, coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), s.restart_lsn), 0)::bigint
        FROM pg_control_system() c
        LEFT JOIN pg_replication_slots s ON s.slot_name = ? AND s.database = current_database()""";

  /**
   * A slot.
   *
   * @param walStatus {@code reserved}, {@code extended}, {@code unreserved} or {@code lost}
   * @param confirmedLsn what is before it will not be sent again; none for a slot that is lost
   * @param safeBytes how much may be written until the slot is in danger; none without a limit
   * @param retainedBytes of log that the server keeps for it
   */
  public record Slot(
      boolean active,
      String walStatus,
      Optional<Long> confirmedLsn,
      Optional<Long> safeBytes,
      long retainedBytes) {

    /** Whether log that it needs is gone. */
    public boolean isLost() {
      return walStatus.equals("lost") || confirmedLsn.isEmpty();
    }
  }

  /** Asks a primary; a standby refuses with SQLSTATE 55000. */
  public static SlotState read(Connection connection, String slot) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(QUERY)) {
      query.setString(1, slot);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        String file = row.getString(2);
        return new SlotState(
            row.getString(1),
            Integer.parseInt(file.substring(0, TIMELINE_DIGITS), HEXADECIMAL),
            Lsn.parse(row.getString(3)),
            row.getString(4) == null ? Optional.empty() : Optional.of(slot(row)));
      }
    }
  }

  private static Slot slot(ResultSet row) throws SQLException {
    return new Slot(
        row.getBoolean(5),
        row.getString(6),
        Optional.ofNullable(row.getString(8)).map(Lsn::parse),
        Optional.ofNullable(row.getObject(9, Long.class)),
        row.getLong(10));
  }
}
