package io.riffle.operations.rejects;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** {@code riffle.rejects}: lists them, and asks for what is to become of them. */
public final class RejectLedger {

  private static final int FETCH = 1_000;

  private final DataSource database;
  private final String tables;

  /**
   * @param tablesSchema schema of the tables of record
   */
  public RejectLedger(DataSource database, String tablesSchema) {
    this.database = database;
    this.tables = tablesSchema;
  }

  /** Takes rejects one by one. */
  public interface RowReceiver {
    /** The names of what is known of each; comes first, and though there be none. */
    void begin(List<String> names) throws IOException;

    void accept(RejectRow row) throws IOException;
  }

  /** Rejects, the newest first. */
  public List<RejectRow> list(RejectFilter filter, int limit) throws SQLException {
    return list(filter, Optional.empty(), limit);
  }

  /**
   * Those that come behind.
   *
   * @param before number of the last reject that was listed
   */
  public List<RejectRow> list(RejectFilter filter, Optional<Long> before, int limit)
      throws SQLException {
    RejectQuery query =
        new RejectQuery(RejectQuery.COLUMNS, "", tables, filter)
            .then(
                " AND r.reject_id < ? ORDER BY r.reject_id DESC LIMIT ?",
                before.orElse(Long.MAX_VALUE),
                limit);
    List<RejectRow> found = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = query.prepare(connection);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        found.add(RejectRow.of(rows));
      }
    }
    return found;
  }

  /** How many there are of which kind, the most frequent first. */
  public List<RejectCause> causes(RejectFilter filter) throws SQLException {
    String time = "to_char(%s(r.rejected_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')";
    String what =
        "r.reason, r.type, r.status, count(*), "
            + time.formatted("min")
            + ", "
            + time.formatted("max");
    RejectQuery query =
        new RejectQuery(what, "", tables, filter)
            .then(" GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2, 3");
    List<RejectCause> causes = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = query.prepare(connection);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        causes.add(
            new RejectCause(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getString(5),
                row.getString(6)));
      }
    }
    return causes;
  }

  /**
   * Hands on all rejects, oldest first, without holding them.
   *
   * @param raw with the record as it came, in hexadecimal digits behind {@code \x}: health data
   * @return how many
   */
  public long export(RejectFilter filter, boolean raw, RowReceiver receiver)
      throws SQLException, IOException {
    String what = RejectQuery.COLUMNS + (raw ? ", '\\x' || encode(w.raw, 'hex') AS \"raw\"" : "");
    String joins = raw ? " LEFT JOIN riffle.rejects_raw w ON w.reject_id = r.reject_id" : "";
    RejectQuery query = new RejectQuery(what, joins, tables, filter).then(" ORDER BY r.reject_id");
    long count = 0;
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false); // else the driver would fetch all rows at once
      try (PreparedStatement select = query.prepare(connection)) {
        select.setFetchSize(FETCH);
        ResultSet rows = select.executeQuery();
        receiver.begin(RejectRow.names(rows));
        while (rows.next()) {
          receiver.accept(RejectRow.of(rows));
          count++;
        }
      }
    }
    return count;
  }

  /** The record as it came, cut at 1 MiB; empty if it was purged, or never was kept. */
  public Optional<byte[]> raw(long reject) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement("SELECT raw FROM riffle.rejects_raw WHERE reject_id = ?")) {
      select.setLong(1, reject);
      ResultSet row = select.executeQuery();
      return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
    }
  }

  /**
   * Requests a redrive.
   *
   * @param by who asks for it
   * @param dryRun only tells what would be taken
   */
  public Taken redrive(RejectFilter filter, String by, boolean dryRun) throws SQLException {
    return change(
        filter,
        dryRun,
        "SELECT reject, redrive, refusal FROM riffle.redrive_rejects(?, ?)",
        List.of(by));
  }

  /**
   * Gives rejects up.
   *
   * @param by who does
   * @param reason why, for whoever asks later
   * @param purge whether the record as it came is deleted
   */
  public Taken discard(RejectFilter filter, String by, String reason, boolean purge, boolean dryRun)
      throws SQLException {
    return change(
        filter,
        dryRun,
        "SELECT reject, NULL::bigint, refusal FROM riffle.discard_rejects(?, ?, ?, ?)",
        List.of(by, reason, purge));
  }

  /**
   * Deletes the records as they came. A settled reject stays settled, so nobody can want them.
   *
   * @param filter of settled rejects only
   * @param before settled earlier than this
   * @return of how many rejects
   */
  public long purge(RejectFilter filter, Instant before, boolean dryRun) throws SQLException {
    RejectQuery settled =
        new RejectQuery("r.reject_id", "", tables, filter)
            .then(
                " AND r.raw_kept > 0 AND r.status_at < ?",
                OffsetDateTime.ofInstant(before, ZoneOffset.UTC));
    String sql =
        """
        WITH purged AS (DELETE FROM riffle.rejects_raw WHERE reject_id = ANY (?))
        UPDATE riffle.rejects SET raw_kept = 0 WHERE reject_id = ANY (?)
        """;
    try (Connection connection = database.getConnection()) {
      Long[] ids = ids(connection, settled);
      if (!dryRun) {
        try (PreparedStatement purge = connection.prepareStatement(sql)) {
          purge.setArray(1, connection.createArrayOf("bigint", ids));
          purge.setArray(2, connection.createArrayOf("bigint", ids));
          purge.executeUpdate();
        }
      }
      return ids.length;
    }
  }

  private Taken change(RejectFilter filter, boolean dryRun, String call, List<?> arguments)
      throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      Long[] ids = ids(connection, filter);
      List<Taken.Each> taken = new ArrayList<>();
      try (PreparedStatement statement = connection.prepareStatement(call)) {
        statement.setArray(1, connection.createArrayOf("bigint", ids));
        for (int i = 0; i < arguments.size(); i++) {
          statement.setObject(i + 2, arguments.get(i));
        }
        ResultSet rows = statement.executeQuery();
        while (rows.next()) {
          taken.add(each(rows));
        }
      }
      if (dryRun) {
        connection.rollback();
      } else {
        connection.commit();
      }
      return new Taken(taken);
    }
  }

  private static Taken.Each each(ResultSet row) throws SQLException {
    return new Taken.Each(
        row.getLong(1),
        Optional.ofNullable((Long) row.getObject(2)),
        Optional.ofNullable(row.getString(3)));
  }

  /**
   * Numbers that somebody named stand for themselves, so that he is told of those there are not.
   */
  private Long[] ids(Connection connection, RejectFilter filter) throws SQLException {
    if (!filter.ids().isEmpty()) {
      return filter.ids().toArray(Long[]::new);
    }
    return ids(connection, new RejectQuery("r.reject_id", "", tables, filter));
  }

  private static Long[] ids(Connection connection, RejectQuery query) throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (PreparedStatement select = query.prepare(connection);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        ids.add(rows.getLong(1));
      }
    }
    return ids.toArray(Long[]::new);
  }

  /** How far requests are. */
  public List<RedriveState> redrives(List<Long> requests) throws SQLException {
    String sql =
        """
        SELECT q.redrive_id, f.s3_key, q.status, q.attempt, q.detail,
               (SELECT count(*) FROM riffle.rejects r WHERE r.redrive_id = q.redrive_id) AS rejects,
               (SELECT count(*) FROM riffle.rejects r WHERE r.redrive_id = q.redrive_id AND r.status = 'REDRIVEN') AS redriven
          FROM riffle.redrives q JOIN riffle.files f USING (file_id) WHERE q.redrive_id = ANY (?) ORDER BY 1
        """;
    List<RedriveState> states = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setArray(1, connection.createArrayOf("bigint", requests.toArray()));
      ResultSet row = select.executeQuery();
      while (row.next()) {
        states.add(
            new RedriveState(
                row.getLong("redrive_id"),
                row.getString("s3_key"),
                row.getString("status"),
                Optional.ofNullable((Integer) row.getObject("attempt")),
                row.getLong("rejects"),
                row.getLong("redriven"),
                Optional.ofNullable(row.getString("detail"))));
      }
    }
    return states;
  }
}
