package io.riffle.operations.overview;

import io.riffle.operations.cdc.CdcStatus;
import io.riffle.operations.cdc.SourceStatus;
import io.riffle.operations.site.Endpoints;
import io.riffle.schemas.topics.Topics;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the set's database tells.
 *
 * @param at the database's clock
 * @param rejects records rejected in the last 24 hours: of change events by source, all others
 *     under {@link #CLAIMS}
 * @param lastSuccess when a file was last loaded to its end
 * @param written rows written to the tables of record since the server counts
 * @param sources captured databases
 */
record LedgerFacts(
    Instant at,
    Map<String, Long> rejects,
    Optional<Instant> lastSuccess,
    long written,
    List<SourceStatus> sources) {
  static final String CLAIMS = "";
  private static final double MILLIS = 1000.0;

  private static final String LOADS =
      """
      SELECT clock_timestamp(), (SELECT max(closed_at) FROM riffle.file_attempts),
        (SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::bigint
         FROM pg_stat_user_tables WHERE schemaname = ?)
      """;

  /** Names of sources have no dot. */
  private static final String REJECTS =
      """
      SELECT CASE WHEN starts_with(topic, ?) THEN split_part(topic, '.', 3) ELSE '' END, count(*)
      FROM riffle.rejects WHERE rejected_at > now() - interval '24 hours' GROUP BY 1
      """;

  LedgerFacts {
    rejects = Map.copyOf(rejects);
    sources = List.copyOf(sources);
  }

  static LedgerFacts read(Connection database, Topics topics) throws SQLException {
    Map<String, Long> rejects = rejects(database, topics);
    List<SourceStatus> sources = CdcStatus.read(database, Optional.empty()).sources();
    try (PreparedStatement query = database.prepareStatement(LOADS)) {
      query.setString(1, Endpoints.TABLES_SCHEMA);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return new LedgerFacts(
            row.getObject(1, OffsetDateTime.class).toInstant(),
            rejects,
            Optional.ofNullable(row.getObject(2, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant),
            row.getLong(3),
            sources);
      }
    }
  }

  private static Map<String, Long> rejects(Connection database, Topics topics) throws SQLException {
    Map<String, Long> rejects = new HashMap<>();
    try (PreparedStatement query = database.prepareStatement(REJECTS)) {
      query.setString(1, topics.cdc());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          rejects.put(row.getString(1), row.getLong(2));
        }
      }
    }
    return rejects;
  }

  /** Rejects of a source, or of {@link #CLAIMS}. */
  long rejectsOf(String source) {
    return rejects.getOrDefault(source, 0L);
  }

  /** Rows written a second since an earlier look; 0 when the server's counts began anew. */
  double writtenSince(LedgerFacts earlier) {
    double seconds = (at.toEpochMilli() - earlier.at().toEpochMilli()) / MILLIS;
    return seconds <= 0 ? 0 : Math.max(0, (written - earlier.written()) / seconds);
  }
}
