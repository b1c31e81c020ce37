package io.riffle.operations.ledger;

import io.riffle.operations.ledger.FileStatus.Totals;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Reads manifests and files from the ledger, newest data set first. */
public final class Ledger {

  private static final String FILES =
      """
      SELECT sm.s3_key AS manifest, f.file_name, f.type || CASE WHEN f.merge THEN '_MERGE' ELSE '' END AS type,
             coalesce(f.state, m.state) AS state, coalesce(f.reason, m.reason) AS reason,
             coalesce(f.detail, m.detail) AS detail,
             f.file_id, a.attempt, a.lines, a.records, a.applied, a.older, a.duplicate, a.parked, a.rejected,
             a.repeated_keys,
             coalesce(current.problem, a.problem) AS problem,
             (SELECT count(DISTINCT r.record) FROM riffle.rejects r
               WHERE r.file_id = f.file_id AND r.attempt >= a.attempt AND r.status = 'REDRIVEN') AS redriven,
             extract(epoch FROM coalesce(a.closed_at, clock_timestamp()) - a.planned_at) AS seconds,
             a.closed_at IS NOT NULL AS closed,
             (SELECT coalesce(sum(t.applied + t.older + t.rejected), 0) FROM riffle.sink_totals t
               WHERE t.file_id = f.file_id AND t.attempt = a.attempt) AS stored
        FROM riffle.manifests m
        JOIN ${tables}.s3_manifest_files sm USING (manifest_id)
        LEFT JOIN riffle.files f USING (manifest_id)
        LEFT JOIN riffle.file_attempts current ON current.file_id = f.file_id AND current.attempt = f.attempt
        LEFT JOIN LATERAL (
          SELECT * FROM riffle.file_attempts load WHERE load.file_id = f.file_id AND load.cause <> 'REDRIVE'
           ORDER BY load.attempt DESC LIMIT 1) a ON true
       WHERE (?::text IS NULL OR sm.s3_key = ? OR f.s3_key = ? OR starts_with(sm.s3_key, ?))
         AND (?::text IS NULL OR coalesce(f.state, m.state) = ?)
       ORDER BY m.instant_nanos DESC, m.feed DESC, m.sequence_id DESC, f.entry_index
       LIMIT ? OFFSET ?
      """;

  private static final String REJECTS =
      """
      SELECT at, column_name, reason, status FROM riffle.rejects WHERE file_id = ? AND attempt >= ?
         AND status NOT IN ('REDRIVEN', 'SUPERSEDED')
       ORDER BY record LIMIT 10
      """;

  private static final String STATES =
      """
      SELECT coalesce(f.state, m.state) AS state, count(*) AS files,
             extract(epoch FROM clock_timestamp() - min(coalesce(f.changed_at, m.changed_at))) AS oldest
        FROM riffle.manifests m LEFT JOIN riffle.files f USING (manifest_id) GROUP BY 1 ORDER BY 1
      """;

  private static final String UNLISTED =
      """
      SELECT s3_key, bytes, last_modified, noticed_at, count(*) OVER () AS total FROM riffle.unlisted_objects
       WHERE ?::text IS NULL OR starts_with(s3_key, ?) OR folder = ?
       ORDER BY s3_key COLLATE "C" LIMIT ?
      """;

  private final DataSource database;
  private final String files;

  /**
   * @param tablesSchema schema of the tables of record
   */
  public Ledger(DataSource database, String tablesSchema) {
    this.database = database;
    this.files = FILES.replace("${tables}", tablesSchema);
  }

  /**
   * Files of the ledger.
   *
   * @param key S3 key of a manifest, of a data file, or of a folder; empty for all
   * @param limit most rows to return
   */
  public List<FileStatus> files(Optional<String> key, int limit) throws SQLException {
    return files(key, Optional.empty(), 0, limit);
  }

  /**
   * The same, those of one state only.
   *
   * @param behind so many newer ones are left out
   */
  public List<FileStatus> files(
      Optional<String> key, Optional<String> state, long behind, int limit) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(files)) {
      for (int i = 1; i <= 4; i++) {
        statement.setString(i, key.orElse(null));
      }
      statement.setString(5, state.orElse(null));
      statement.setString(6, state.orElse(null));
      statement.setInt(7, limit);
      statement.setLong(8, behind);
      return read(connection, statement);
    }
  }

  /**
   * Files of a state.
   *
   * @param oldestSeconds for how long the one is in it that is longest
   */
  public record StateCount(long files, double oldestSeconds) {}

  /** How many files there are of each state; a manifest without files counts as one. */
  public Map<String, StateCount> states() throws SQLException {
    Map<String, StateCount> states = new TreeMap<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(STATES);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        states.put(
            row.getString("state"), new StateCount(row.getLong("files"), row.getDouble("oldest")));
      }
    }
    return states;
  }

  /**
   * Objects that no manifest lists.
   *
   * @param key what keys begin with, or the key of something beside them; empty for all
   * @param limit most objects to name; one is named in any case
   */
  public UnlistedObjects unlisted(Optional<String> key, int limit) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(UNLISTED)) {
      statement.setString(1, key.orElse(null));
      statement.setString(2, key.orElse(null));
      statement.setString(
          3, key.map(text -> text.substring(0, text.lastIndexOf('/') + 1)).orElse(null));
      statement.setInt(4, Math.max(1, limit));
      return unlisted(statement.executeQuery());
    }
  }

  private static UnlistedObjects unlisted(ResultSet rows) throws SQLException {
    List<UnlistedObject> first = new ArrayList<>();
    long count = 0;
    while (rows.next()) {
      count = rows.getLong("total");
      first.add(
          new UnlistedObject(
              rows.getString("s3_key"),
              rows.getLong("bytes"),
              rows.getTimestamp("last_modified").toInstant(),
              rows.getTimestamp("noticed_at").toInstant()));
    }
    return new UnlistedObjects(count, first);
  }

  private static List<FileStatus> read(Connection connection, PreparedStatement statement)
      throws SQLException {
    List<FileStatus> found = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found.add(status(rows, rejects(connection, rows)));
      }
    }
    return found;
  }

  private static List<RejectedRecord> rejects(Connection connection, ResultSet file)
      throws SQLException {
    if (file.getLong("rejected") == 0) {
      return List.of();
    }
    List<RejectedRecord> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(REJECTS)) {
      statement.setLong(1, file.getLong("file_id"));
      statement.setInt(2, file.getInt("attempt"));
      ResultSet rows = statement.executeQuery();
      while (rows.next()) {
        Optional<String> column = Optional.ofNullable(rows.getString("column_name"));
        found.add(
            new RejectedRecord(
                rows.getLong("at"), column, rows.getString("reason"), rows.getString("status")));
      }
    }
    return found;
  }

  private static FileStatus status(ResultSet row, List<RejectedRecord> rejects)
      throws SQLException {
    return new FileStatus(
        row.getString("manifest"),
        Optional.ofNullable(row.getString("file_name")),
        Optional.ofNullable(row.getString("type")),
        row.getString("state"),
        Optional.ofNullable(row.getString("reason")),
        Optional.ofNullable(row.getString("detail")),
        row.getObject("records") == null ? Optional.empty() : Optional.of(totals(row)),
        rejects);
  }

  private static Totals totals(ResultSet row) throws SQLException {
    long records = row.getLong("records");
    return new Totals(
        row.getInt("attempt"),
        row.getLong("lines"),
        records,
        row.getBoolean("closed") ? records : row.getLong("stored"),
        row.getLong("applied"),
        row.getLong("older"),
        row.getLong("duplicate"),
        row.getLong("parked"),
        row.getLong("rejected"),
        row.getLong("redriven"),
        row.getLong("repeated_keys"),
        row.getDouble("seconds"),
        Optional.ofNullable(row.getString("problem")));
  }
}
