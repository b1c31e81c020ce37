package io.riffle.operations.rejects;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A query over rejects and the files that they are of, cut down by a filter. */
final class RejectQuery {

  /** The columns of a reject, by the names that JSON and CSV have. */
  static final String COLUMNS =
      """
      r.reject_id AS "id", r.status AS "status", r.reason AS "reason", r.sql_state AS "sqlState",
      r.stage AS "stage", coalesce(f.type || CASE WHEN f.merge THEN '_MERGE' ELSE '' END, r.type) AS "type",
      f.s3_key AS "file", nullif(r.attempt, 0) AS "attempt", nullif(r.record, 0) AS "record",
      nullif(r.line, 0) AS "line", nullif(r.rows, 0) AS "rows", nullif(r.at, 0) AS "at", r.column_name AS "column",
      r.constraint_name AS "constraint",
      r.topic AS "topic", r.partition AS "partition", r."offset" AS "offset",
      to_char(r.rejected_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "rejectedAt",
      to_char(r.status_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "statusAt",
      r.status_by AS "statusBy", r.status_note AS "statusNote",
      q.redrive_id AS "redrive", q.status AS "redriveStatus", q.attempt AS "redriveAttempt",
      r.settled_attempt AS "settledAttempt", r.raw_bytes AS "rawBytes", r.raw_kept AS "rawKept"
      """;

  private static final String FROM =
      """
       FROM riffle.rejects r
       LEFT JOIN riffle.files f ON f.file_id = r.file_id
       LEFT JOIN ${tables}.s3_manifest_files sm ON sm.manifest_id = f.manifest_id
       LEFT JOIN riffle.redrives q ON q.redrive_id = r.redrive_id
      """;

  private final StringBuilder sql = new StringBuilder();
  private final List<Object> values = new ArrayList<>();

  /**
   * @param what the columns
   * @param joins further joins, may be empty
   * @param tables schema of the tables of record
   */
  RejectQuery(String what, String joins, String tables, RejectFilter filter) {
    sql.append("SELECT ").append(what).append(FROM.replace("${tables}", tables)).append(joins);
    sql.append(" WHERE true");
    if (!filter.ids().isEmpty()) {
      and("r.reject_id = ANY (?)", (Object) filter.ids().toArray(Long[]::new));
    }
    filter
        .file()
        .ifPresent(f -> and("(? IN (f.s3_key, f.file_name) OR starts_with(sm.s3_key, ?))", f, f));
    filter.cause().ifPresent(cause -> and("? IN (r.reason, r.sql_state)", cause));
    filter.type().ifPresent(t -> and("(r.type = ? OR f.merge AND f.type || '_MERGE' = ?)", t, t));
    if (!filter.statuses().isEmpty()) {
      and("r.status = ANY (?)", (Object) names(filter.statuses()));
    }
    filter
        .since()
        .ifPresent(
            since -> and("r.rejected_at >= ?", OffsetDateTime.ofInstant(since, ZoneOffset.UTC)));
  }

  private static String[] names(List<RejectStatus> statuses) {
    return statuses.stream().map(RejectStatus::name).toArray(String[]::new);
  }

  private void and(String condition, Object... of) {
    sql.append(" AND ").append(condition);
    values.addAll(List.of(of));
  }

  /** What comes behind the conditions. */
  RejectQuery then(String tail, Object... of) {
    sql.append(tail);
    values.addAll(List.of(of));
    return this;
  }

  PreparedStatement prepare(Connection connection) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql.toString());
    for (int i = 0; i < values.size(); i++) {
      set(connection, statement, i + 1, values.get(i));
    }
    return statement;
  }

  private static void set(Connection connection, PreparedStatement statement, int at, Object value)
      throws SQLException {
    if (value instanceof Long[] numbers) {
      statement.setArray(at, connection.createArrayOf("bigint", numbers));
    } else if (value instanceof String[] texts) {
      statement.setArray(at, connection.createArrayOf("text", texts));
    } else {
      statement.setObject(at, value);
    }
  }
}
