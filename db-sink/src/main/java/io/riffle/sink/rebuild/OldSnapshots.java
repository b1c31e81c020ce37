package io.riffle.sink.rebuild;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Sessions that look at the database as it was before the shadow tables had their last rows: a
 * REPEATABLE READ transaction, or a statement under way. To them a table that took the live one's
 * place would be empty, or an older one.
 */
final class OldSnapshots {
  private static final String MARK =
      "SELECT pg_current_xact_id()::xid::text, clock_timestamp()::text";

  /** An age in transactions, for numbers of transactions wrap around. */
  private static final String OLDER =
      """
      SELECT format('session %s (%s) has had its view of the database for %s s', pid,
        coalesce(nullif(application_name, ''), 'no name'),
        extract(epoch FROM clock_timestamp() - xact_start)::bigint)
      FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_xmin IS NOT NULL
        AND backend_type NOT IN ('walsender', 'autovacuum worker')
        AND xact_start < ?::timestamptz AND age(backend_xmin) >= age(?::xid)
      ORDER BY xact_start LIMIT 1
      """;

  private final String transaction;
  private final String instant;

  private OldSnapshots(String transaction, String instant) {
    this.transaction = transaction;
    this.instant = instant;
  }

  /** Snapshots older than what was committed until now. */
  static OldSnapshots beforeNow(Connection connection) throws SQLException {
    return new Sql(connection)
        .list(row -> new OldSnapshots(row.getString(1), row.getString(2)), MARK)
        .get(0);
  }

  /** The oldest of the sessions, in words; empty when there is none left. */
  Optional<String> oldest(Connection connection) throws SQLException {
    return new Sql(connection).texts(OLDER, instant, transaction).stream().findFirst();
  }
}
