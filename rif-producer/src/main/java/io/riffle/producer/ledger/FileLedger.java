package io.riffle.producer.ledger;

import io.riffle.schemas.control.Version;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Files before their plan, and every change of a file's state that is not progress. */
public final class FileLedger {

  private static final String CHECK_VIOLATION = "23514";

  private final Database database;
  private final String bucket;

  public FileLedger(Database database, String bucket) {
    this.database = database;
    this.bucket = bucket;
  }

  /** All files that wait for a plan, an object, their time or a request, in version order. */
  public List<LedgerFile> unplanned() {
    return database.transaction(this::selectUnplanned);
  }

  /**
   * Moves a file through {@code riffle.change_file_state}.
   *
   * @param reason why it was rejected, if it was
   * @param detail names file, line and column, never a value
   * @return false if it was there already, or went elsewhere meanwhile
   */
  public boolean move(long file, FileState to, Optional<String> reason, Optional<String> detail) {
    try {
      return database.transaction(connection -> change(connection, file, to, reason, detail));
    } catch (LedgerException e) {
      if (CHECK_VIOLATION.equals(e.failure().code())) {
        return false; // an operator or another process was faster
      }
      throw e;
    }
  }

  /**
   * Moves many files at once, those excepted that are not allowed there or do not wait for a plan
   * any more: an operator may have skipped them since they were looked at.
   *
   * @param details of each file, never a value; by file
   * @return how many are there now and were not
   */
  public long moveAll(FileState to, Optional<String> reason, Map<Long, Optional<String>> details) {
    return database.transaction(
        connection -> {
          Map<Long, Optional<String>> still = new LinkedHashMap<>(details);
          still.keySet().retainAll(lockUnplanned(connection, details.keySet()));
          return still.isEmpty() ? 0 : changeAll(connection, to, reason, still);
        });
  }

  private static Set<Long> lockUnplanned(Connection connection, Set<Long> files)
      throws SQLException {
    String sql =
        "SELECT file_id FROM riffle.files WHERE file_id = ANY (?) AND state IN ('DISCOVERED',"
            + " 'WAITING', 'FUTURE', 'TOO_OLD') ORDER BY file_id FOR UPDATE";
    Set<Long> found = new HashSet<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setArray(1, connection.createArrayOf("bigint", files.toArray()));
      ResultSet rows = select.executeQuery();
      while (rows.next()) {
        found.add(rows.getLong(1));
      }
    }
    return found;
  }

  private static long changeAll(
      Connection connection,
      FileState to,
      Optional<String> reason,
      Map<Long, Optional<String>> details)
      throws SQLException {
    String sql = "SELECT riffle.change_file_states(?, ?, ?, ?)";
    try (PreparedStatement call = connection.prepareStatement(sql)) {
      call.setArray(1, connection.createArrayOf("bigint", details.keySet().toArray()));
      call.setString(2, to.name());
      call.setString(3, reason.orElse(null));
      call.setArray(4, connection.createArrayOf("text", texts(details.values())));
      ResultSet row = call.executeQuery();
      row.next();
      return row.getLong(1);
    }
  }

  private static Object[] texts(Collection<Optional<String>> details) {
    return details.stream().map(detail -> detail.orElse(null)).toArray();
  }

  /**
   * Rejects a file whose load met an object that it cannot go on with; not when another load of it
   * was begun or asked for meanwhile.
   */
  public void giveUp(long file, int attempt, String reason, String detail) {
    database.transaction(
        connection -> {
          String sql =
              "SELECT riffle.change_file_state(file_id, 'REJECTED', ?, ?) FROM riffle.files"
                  + " WHERE file_id = ? AND (attempt < ? AND state IN ('DISCOVERED', 'WAITING')"
                  + " OR attempt = ? AND state IN ('PLANNED', 'LOADING'))";
          try (PreparedStatement change = connection.prepareStatement(sql)) {
            change.setString(1, reason);
            change.setString(2, detail);
            change.setLong(3, file);
            change.setInt(4, attempt);
            change.setInt(5, attempt);
            return change.execute();
          }
        });
  }

  /**
   * Remembers which object the planner is about to read. False, and nothing done, if an earlier
   * load read another one: its records would have the versions of that one's, which are taken.
   */
  public boolean recordObject(long file, String eTag, long bytes) {
    return database.transaction(
        connection -> {
          String sql =
              "UPDATE riffle.files f SET etag = ?, bytes = ? WHERE file_id = ?"
                  + " AND (etag = ? OR NOT EXISTS (SELECT FROM riffle.file_attempts a"
                  + " WHERE a.file_id = f.file_id AND a.planned_at IS NOT NULL))";
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, eTag);
            update.setLong(2, bytes);
            update.setLong(3, file);
            update.setString(4, eTag);
            return update.executeUpdate() > 0;
          }
        });
  }

  /**
   * Whether a split need not be read: its load is over or replaced by another one, or the split was
   * mirrored as done before (the group's offsets may have expired).
   */
  public boolean isDoneOrGivenUp(long file, int attempt, int split) {
    return database.transaction(
        connection -> {
          String sql =
              "SELECT f.attempt > p.attempt OR (f.attempt = p.attempt"
                  + " AND f.state NOT IN ('PLANNED', 'LOADING'))"
                  + " OR EXISTS (SELECT FROM riffle.split_progress s WHERE s.file_id = f.file_id"
                  + " AND s.attempt = p.attempt AND s.split = p.split)"
                  + " FROM riffle.files f, (VALUES (?, ?, ?)) AS p (file, attempt, split)"
                  + " WHERE f.file_id = p.file";
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, file);
            select.setInt(2, attempt);
            select.setInt(3, split);
            ResultSet row = select.executeQuery();
            return row.next() && row.getBoolean(1);
          }
        });
  }

  static boolean change(
      Connection connection,
      long file,
      FileState to,
      Optional<String> reason,
      Optional<String> detail)
      throws SQLException {
    String sql = "SELECT riffle.change_file_state(?, ?, ?, ?)";
    try (PreparedStatement call = connection.prepareStatement(sql)) {
      call.setLong(1, file);
      call.setString(2, to.name());
      call.setString(3, reason.orElse(null));
      call.setString(4, detail.orElse(null));
      ResultSet row = call.executeQuery();
      return row.next() && row.getBoolean(1);
    }
  }

  private List<LedgerFile> selectUnplanned(Connection connection) throws SQLException {
    String requested =
        "EXISTS (SELECT FROM riffle.load_requests r WHERE r.bucket = m.bucket"
            + " AND r.s3_key = s.s3_key)";
    String sql =
        "SELECT f.file_id, f.manifest_id, s.s3_key AS manifest_key, m.instant_nanos, m.feed,"
            + " m.sequence_id, f.entry_index, f.file_name, f.type, f.merge, f.s3_key, f.state, f.detail,"
            + " f.attempt + CASE WHEN f.attempt = 0 OR a.planned_at IS NOT NULL THEN 1 ELSE 0 END"
            + " AS next_attempt, "
            + requested
            + " AS requested FROM riffle.files f JOIN riffle.manifests m USING (manifest_id) JOIN "
            + database.tables()
            + ".s3_manifest_files s USING (manifest_id) LEFT JOIN riffle.file_attempts a"
            + " ON a.file_id = f.file_id AND a.attempt = f.attempt WHERE m.bucket = ?"
            + " AND (f.state IN ('DISCOVERED', 'WAITING', 'FUTURE') OR f.state = 'TOO_OLD' AND "
            + requested
            + ") ORDER BY m.instant_nanos, m.feed, m.sequence_id, f.entry_index";
    List<LedgerFile> files = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, bucket);
      ResultSet rows = select.executeQuery();
      while (rows.next()) {
        files.add(file(rows));
      }
    }
    return files;
  }

  /** Of a row that has the columns of {@link #unplanned}'s query. */
  static LedgerFile file(ResultSet row) throws SQLException {
    Version version =
        new Version(
            row.getLong("instant_nanos"),
            row.getInt("feed"),
            row.getInt("sequence_id"),
            row.getInt("entry_index"),
            1);
    return new LedgerFile(
        row.getLong("file_id"),
        row.getLong("manifest_id"),
        row.getString("manifest_key"),
        version,
        row.getString("file_name"),
        row.getString("type"),
        row.getBoolean("merge"),
        row.getString("s3_key"),
        FileState.valueOf(row.getString("state")),
        Optional.ofNullable(row.getString("detail")),
        row.getInt("next_attempt"),
        row.getBoolean("requested"));
  }
}
