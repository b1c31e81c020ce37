package io.riffle.infra.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** What the target says of the staging tables of a source. */
final class StagedTables {

  /**
   * The sink notes the last event of a table in the transaction that writes the event's row, so
   * that the time which Postgres keeps of this transaction ({@code track_commit_timestamp}) is when
   * the change was there.
   */
  private static final String LAST =
      "SELECT last_commit_at, pg_xact_commit_timestamp(xmin) FROM riffle.staging_tables"
          + " WHERE source = ? AND table_name = ANY (?) AND last_commit_at IS NOT NULL"
          + " ORDER BY last_commit_at DESC LIMIT 1";

  private final DataSource target;
  private final String source;

  StagedTables(DataSource target, String source) {
    this.target = target;
    this.source = source;
  }

  /** The schema that they are in. */
  String schema() {
    return "stg_" + source;
  }

  /**
   * The newest change that staging has.
   *
   * @param committed by the source
   * @param arrived when staging had it
   */
  record Last(Instant committed, Instant arrived) {
    Duration freshness() {
      return Duration.between(committed, arrived);
    }
  }

  /** Of some tables; none before the first. */
  Optional<Last> last(List<String> tables) throws SQLException {
    try (Connection connection = target.getConnection();
        PreparedStatement query = connection.prepareStatement(LAST)) {
      query.setString(1, source);
      query.setArray(2, connection.createArrayOf("text", tables.toArray()));
      try (ResultSet row = query.executeQuery()) {
        return row.next()
            ? Optional.of(new Last(moment(row.getTimestamp(1)), moment(row.getTimestamp(2))))
            : Optional.empty();
      }
    }
  }

  /** Rows of a table that are not marked as deleted. */
  long rows(String table) throws SQLException {
    return count(target, schema(), table, "riffle_deleted_at IS NULL");
  }

  /** Rows of a table that are. */
  long deleted(String table) throws SQLException {
    return count(target, schema(), table, "riffle_deleted_at IS NOT NULL");
  }

  /** Rows of a table that may not be there yet: it has none then. */
  static long count(DataSource database, String schema, String table, String which)
      throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement exists = connection.prepareStatement("SELECT to_regclass(?) IS NULL")) {
      exists.setString(1, schema + "." + table);
      try (ResultSet row = exists.executeQuery()) {
        row.next();
        if (row.getBoolean(1)) {
          return 0;
        }
      }
      String sql = "SELECT count(*) FROM %s.%s WHERE %s".formatted(schema, table, which);
      try (PreparedStatement query = connection.prepareStatement(sql);
          ResultSet row = query.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static Instant moment(Timestamp timestamp) {
    return timestamp.toInstant();
  }
}
