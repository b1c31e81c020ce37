package io.riffle.operations.overview;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * What the database tells of the loads.
 *
 * @param at the database's clock
 * @param rejects records rejected in the last 24 hours
 * @param lastSuccess when a file was last loaded to its end
 * @param written rows written to the tables of record since the server counts
 */
record LedgerFacts(Instant at, long rejects, Optional<Instant> lastSuccess, long written) {
  private static final String QUERY =
      """
      SELECT clock_timestamp(),
        (SELECT count(*) FROM riffle.rejects WHERE rejected_at > now() - interval '24 hours'),
        (SELECT max(closed_at) FROM riffle.file_attempts),
        (SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::bigint
         FROM pg_stat_user_tables WHERE schemaname = ?)
      """;

  static LedgerFacts read(Connection database, String tablesSchema) throws SQLException {
    try (PreparedStatement query = database.prepareStatement(QUERY)) {
      query.setString(1, tablesSchema);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return new LedgerFacts(
            row.getObject(1, OffsetDateTime.class).toInstant(),
            row.getLong(2),
            Optional.ofNullable(row.getObject(3, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant),
            row.getLong(4));
      }
    }
  }

  /** Rows written a second since an earlier look; 0 when the server's counts began anew. */
  double writtenSince(LedgerFacts earlier) {
    double seconds = (at.toEpochMilli() - earlier.at().toEpochMilli()) / 1000.0;
    return seconds <= 0 ? 0 : Math.max(0, (written - earlier.written()) / seconds);
  }
}
