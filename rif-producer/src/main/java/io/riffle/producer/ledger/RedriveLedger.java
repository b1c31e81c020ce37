package io.riffle.producer.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** {@code riffle.redrives}: what operators want to have delivered again. */
public final class RedriveLedger {

  private final Database database;
  private final String bucket;

  public RedriveLedger(Database database, String bucket) {
    this.database = database;
    this.bucket = bucket;
  }

  /** Requests whose file nobody is loading, the oldest one of each file, oldest first. */
  public List<RedriveRequest> due() {
    return database.transaction(this::selectDue);
  }

  /**
   * Ends a request that cannot be done: its rejects are open again and its file is what it was.
   *
   * @param detail for people; never a value of the file
   */
  public void refuse(long redrive, String detail) {
    database.transaction(
        connection -> {
          String sql = "SELECT riffle.refuse_redrive(?, ?)";
          try (PreparedStatement call = connection.prepareStatement(sql)) {
            call.setLong(1, redrive);
            call.setString(2, detail);
            return call.execute();
          }
        });
  }

  private List<RedriveRequest> selectDue(Connection connection) throws SQLException {
    String sql =
        "SELECT q.redrive_id, f.file_id, f.manifest_id, s.s3_key AS manifest_key, m.instant_nanos,"
            + " m.feed, m.sequence_id, f.entry_index, f.file_name, f.type, f.merge, f.s3_key, f.state,"
            + " f.detail, true AS requested, f.etag, loaded.lines, loaded.records,"
            + " f.attempt + CASE WHEN a.planned_at IS NULL THEN 0 ELSE 1 END AS next_attempt"
            + " FROM riffle.redrives q JOIN riffle.files f USING (file_id)"
            + " JOIN riffle.manifests m USING (manifest_id) JOIN "
            + database.tables()
            + ".s3_manifest_files s USING (manifest_id)"
            + " LEFT JOIN riffle.file_attempts a ON a.file_id = f.file_id AND a.attempt = f.attempt"
            + " LEFT JOIN LATERAL (SELECT l.lines, l.records FROM riffle.file_attempts l"
            + " WHERE l.file_id = f.file_id AND l.cause <> 'REDRIVE' AND l.closed_at IS NOT NULL"
            + " ORDER BY l.attempt DESC LIMIT 1) loaded ON true"
            + " WHERE q.status = 'REQUESTED' AND m.bucket = ?"
            + " AND f.state NOT IN ('DISCOVERED', 'WAITING', 'PLANNED', 'LOADING')"
            + " AND NOT EXISTS (SELECT FROM riffle.redrives earlier WHERE earlier.file_id = q.file_id"
            + " AND earlier.status = 'REQUESTED' AND earlier.redrive_id < q.redrive_id)"
            + " ORDER BY q.redrive_id";
    List<RedriveRequest> due = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, bucket);
      ResultSet rows = select.executeQuery();
      while (rows.next()) {
        due.add(request(connection, rows));
      }
    }
    return due;
  }

  private static RedriveRequest request(Connection connection, ResultSet row) throws SQLException {
    long id = row.getLong("redrive_id");
    return new RedriveRequest(
        id,
        FileLedger.file(row),
        row.getString("etag"),
        row.getLong("lines"),
        row.getLong("records"),
        wanted(connection, id));
  }

  private static NavigableMap<Long, Integer> wanted(Connection connection, long redrive)
      throws SQLException {
    String sql =
        "SELECT record, max(rows) FROM riffle.rejects WHERE redrive_id = ?"
            + " AND status = 'REDRIVING' GROUP BY record";
    NavigableMap<Long, Integer> wanted = new TreeMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, redrive);
      ResultSet rows = select.executeQuery();
      while (rows.next()) {
        wanted.put(rows.getLong(1), rows.getInt(2));
      }
    }
    return wanted;
  }
}
