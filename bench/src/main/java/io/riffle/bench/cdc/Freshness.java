package io.riffle.bench.cdc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * From the commit of a change in its source to the commit of its staging row, as the rows
 * themselves say: the first is their stamp, the second the time that Postgres keeps of each
 * transaction ({@code track_commit_timestamp}). Nobody polls and no trigger runs, so that measuring
 * costs nothing and has no step of its own; both servers, or both databases of one, need the same
 * clock. A row tells of its last change only.
 *
 * @param samples rows whose last change was committed in the time looked at
 */
public record Freshness(long samples, double p50Millis, double p99Millis, double maxMillis) {

  private static final String TABLE =
      """
      SELECT extract(epoch FROM pg_xact_commit_timestamp(xmin)
               - coalesce(riffle_deleted_at, riffle_updated_at)) * 1000 AS millis
      FROM %s WHERE coalesce(riffle_deleted_at, riffle_updated_at) >= ?
        AND coalesce(riffle_deleted_at, riffle_updated_at) < ?
      """;

  private static final String ALL =
      """
      SELECT count(*), percentile_disc(0.5) WITHIN GROUP (ORDER BY millis),
             percentile_disc(0.99) WITHIN GROUP (ORDER BY millis), max(millis)
      FROM (%s) changes
      """;

  /**
   * Of changes that the source committed in some time, all of which have arrived.
   *
   * @param tables staging tables, quoted where SQL needs it; each change of them changes a value
   * @throws SQLException also when the server does not keep the times of commits
   */
  public static Freshness of(
      DataSource staging, Collection<String> tables, Instant from, Instant to) throws SQLException {
    String rows = tables.stream().map(TABLE::formatted).collect(Collectors.joining(" UNION ALL "));
    try (Connection connection = staging.getConnection();
        PreparedStatement statement = connection.prepareStatement(ALL.formatted(rows))) {
      for (int i = 0; i < tables.size(); i++) {
        statement.setTimestamp(2 * i + 1, Timestamp.from(from));
        statement.setTimestamp(2 * i + 2, Timestamp.from(to));
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Freshness(row.getLong(1), row.getDouble(2), row.getDouble(3), row.getDouble(4));
      }
    }
  }
}
