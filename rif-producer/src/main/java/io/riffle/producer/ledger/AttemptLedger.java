package io.riffle.producer.ledger;

import io.riffle.schemas.control.Progress;
import io.riffle.schemas.control.Progress.BarriersWritten;
import io.riffle.schemas.control.Progress.Planned;
import io.riffle.schemas.control.Progress.SplitDone;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Loads of files. The progress topic is the truth, this is its mirror: every method may be repeated
 * with what was mirrored before.
 */
public final class AttemptLedger {

  private final Database database;

  public AttemptLedger(Database database) {
    this.database = database;
  }

  /** Loads that are over: their totals are frozen. */
  public Set<FileAttempt> closed() {
    return database.transaction(
        connection -> {
          String sql =
              "SELECT file_id, attempt FROM riffle.file_attempts WHERE closed_at IS NOT NULL";
          Set<FileAttempt> closed = new HashSet<>();
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            ResultSet rows = select.executeQuery();
            while (rows.next()) {
              closed.add(new FileAttempt(rows.getLong(1), rows.getInt(2)));
            }
          }
          return closed;
        });
  }

  /**
   * Brings the ledger up to records of the progress topic, in their order. Those of files that the
   * ledger does not know are left out.
   *
   * @return the files that the ledger does not know
   */
  public SortedSet<Long> mirror(List<? extends Progress> progress) {
    return database.transaction(
        connection -> {
          SortedSet<Long> unknown = files(progress);
          unknown.removeAll(lockFiles(connection, unknown));
          for (Progress step : progress) {
            if (!unknown.contains(step.file())) {
              mirror(connection, step);
            }
          }
          return unknown;
        });
  }

  private static SortedSet<Long> files(List<? extends Progress> progress) {
    SortedSet<Long> files = new TreeSet<>();
    progress.forEach(step -> files.add(step.file()));
    return files;
  }

  private static void mirror(Connection connection, Progress step) throws SQLException {
    if (step instanceof Planned planned) {
      mirrorPlanned(connection, planned);
    } else if (step instanceof SplitDone done) {
      mirrorSplit(connection, done);
    } else if (step instanceof BarriersWritten written) {
      mirrorBarriers(connection, written);
    }
  }

  /** Loads all of whose splits are done, neither closed nor replaced by another load. */
  public List<DueBarriers> due() {
    return database.transaction(this::selectDue);
  }

  /** Writes the sums; the barriers may go out after this, not before. */
  public void recordPublished(DueBarriers due) {
    database.transaction(connection -> recordSums(connection, due.sums()));
  }

  private static boolean recordSums(Connection connection, BarriersWritten sums)
      throws SQLException {
    String sql =
        "UPDATE riffle.file_attempts SET rows = ?, rejected_rows = ?, published_records = ?,"
            + " rejected_by_producer = ?, published_at = coalesce(published_at, now())"
            + " WHERE file_id = ? AND attempt = ? AND closed_at IS NULL";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, sums.rows());
      update.setLong(2, sums.rejectedRows());
      update.setLong(3, sums.records());
      update.setLong(4, sums.rejected());
      update.setLong(5, sums.file());
      update.setInt(6, sums.attempt());
      return update.executeUpdate() > 0;
    }
  }

  /**
   * A database that was set back has lost the sums, and nobody writes them again once the barriers
   * are out. The sink may have seen all barriers before, so the load is closed from here then.
   */
  private static void mirrorBarriers(Connection connection, BarriersWritten written)
      throws SQLException {
    String sql =
        "SELECT riffle.close_attempt(file_id, attempt) FROM riffle.files"
            + " WHERE file_id = ? AND attempt = ? AND state IN ('PLANNED', 'LOADING')";
    if (recordSums(connection, written)) {
      try (PreparedStatement close = connection.prepareStatement(sql)) {
        close.setLong(1, written.file());
        close.setInt(2, written.attempt());
        close.execute();
      }
    }
  }

  private static void mirrorPlanned(Connection connection, Planned planned) throws SQLException {
    if (!insertAttempt(connection, planned)) {
      return;
    }
    recallFile(connection, planned);
    boolean wanted = acceptRedrive(connection, planned);
    if (raiseAttempt(connection, planned) && wanted) {
      FileLedger.change(
          connection, planned.file(), FileState.PLANNED, Optional.empty(), Optional.empty());
    }
  }

  /**
   * A ledger that was set back does not know which object was read, nor that somebody asked for a
   * file that was too old or took one up again, or whose time has come. Where a worker found the
   * object changed before this was mirrored, that stays.
   */
  private static void recallFile(Connection connection, Planned planned) throws SQLException {
    String sql = "UPDATE riffle.files SET etag = ?, bytes = ? WHERE file_id = ? AND etag IS NULL";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, planned.eTag().orElse(null));
      update.setLong(2, planned.bytes());
      update.setLong(3, planned.file());
      update.executeUpdate();
    }
    String wake =
        "SELECT riffle.change_file_state(file_id, 'DISCOVERED') FROM riffle.files"
            + " WHERE file_id = ? AND (state IN ('TOO_OLD', 'FUTURE', 'SKIPPED')"
            + " OR state = 'REJECTED' AND reason <> 'OBJECT_CHANGED')";
    try (PreparedStatement call = connection.prepareStatement(wake)) {
      call.setLong(1, planned.file());
      call.execute();
    }
  }

  /**
   * Tells a redrive's request which attempt it became. False if it was refused since: a worker
   * found the object changed. A request that the ledger has lost was not.
   */
  private static boolean acceptRedrive(Connection connection, Planned planned) throws SQLException {
    if (planned.redrive().isEmpty()) {
      return true;
    }
    String sql =
        "UPDATE riffle.redrives SET attempt = ?, changed_at = now(), status = CASE status"
            + " WHEN 'REQUESTED' THEN 'PLANNED' ELSE status END"
            + " WHERE redrive_id = ? AND file_id = ? RETURNING status = 'REFUSED'";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setInt(1, planned.attempt());
      update.setLong(2, planned.redrive().get());
      update.setLong(3, planned.file());
      ResultSet row = update.executeQuery();
      return !row.next() || !row.getBoolean(1);
    }
  }

  /**
   * Files before their attempts, and by number, as the sink locks them: whoever closes a file at
   * the same time waits instead of meeting us in a deadlock. Returns those that there are.
   */
  private static Set<Long> lockFiles(Connection connection, SortedSet<Long> files)
      throws SQLException {
    String sql =
        "SELECT file_id FROM riffle.files WHERE file_id = ANY (?) ORDER BY file_id FOR UPDATE";
    Set<Long> known = new HashSet<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setArray(1, connection.createArrayOf("bigint", files.toArray()));
      ResultSet rows = select.executeQuery();
      while (rows.next()) {
        known.add(rows.getLong(1));
      }
    }
    return known;
  }

  private static boolean insertAttempt(Connection connection, Planned planned) throws SQLException {
    String sql =
        "INSERT INTO riffle.file_attempts AS known (file_id, attempt, planned_at, splits, lines,"
            + " records, cause) VALUES (?, ?, now(), ?, ?, ?, ?)"
            + " ON CONFLICT (file_id, attempt) DO UPDATE"
            + " SET planned_at = excluded.planned_at, splits = excluded.splits,"
            + " lines = excluded.lines, records = excluded.records, cause = excluded.cause"
            + " WHERE known.planned_at IS NULL";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setLong(1, planned.file());
      insert.setInt(2, planned.attempt());
      insert.setInt(3, planned.splits());
      insert.setLong(4, planned.lines());
      insert.setLong(5, planned.records());
      insert.setString(6, planned.redrive().isPresent() ? "REDRIVE" : "LOAD");
      return insert.executeUpdate() > 0;
    }
  }

  /**
   * True if the file still waits for a plan; a worker may have found it changed already. A redrive
   * starts from a file that is loaded.
   */
  private static boolean raiseAttempt(Connection connection, Planned planned) throws SQLException {
    String sql =
        "UPDATE riffle.files SET attempt = ?, planning = false WHERE file_id = ? AND attempt <= ?"
            + " RETURNING CASE WHEN ? THEN state LIKE 'COMPLETED%'"
            + " ELSE state IN ('DISCOVERED', 'WAITING') END";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setInt(1, planned.attempt());
      update.setLong(2, planned.file());
      update.setInt(3, planned.attempt());
      update.setBoolean(4, planned.redrive().isPresent());
      ResultSet row = update.executeQuery();
      return row.next() && row.getBoolean(1);
    }
  }

  private static void mirrorSplit(Connection connection, SplitDone done) throws SQLException {
    if (insertSplit(connection, done) && countSplit(connection, done)) {
      FileLedger.change(
          connection, done.file(), FileState.LOADING, Optional.empty(), Optional.empty());
    }
  }

  private static boolean insertSplit(Connection connection, SplitDone done) throws SQLException {
    String sql =
        "INSERT INTO riffle.split_progress (file_id, attempt, split, rows, rejected_rows, records,"
            + " rejected, published) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (file_id, attempt, split) DO NOTHING";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setLong(1, done.file());
      insert.setInt(2, done.attempt());
      insert.setInt(3, done.split());
      insert.setLong(4, done.rows());
      insert.setLong(5, done.rejectedRows());
      insert.setLong(6, done.records());
      insert.setLong(7, done.rejected());
      insert.setArray(8, connection.createArrayOf("bigint", done.published().toArray()));
      return insert.executeUpdate() > 0;
    }
  }

  /** True if this is the first split of the file's current load. */
  private static boolean countSplit(Connection connection, SplitDone done) throws SQLException {
    String sql =
        "UPDATE riffle.file_attempts a SET splits_done = splits_done + 1 FROM riffle.files f"
            + " WHERE a.file_id = ? AND a.attempt = ? AND f.file_id = a.file_id"
            + " RETURNING f.state = 'PLANNED' AND f.attempt = a.attempt";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, done.file());
      update.setInt(2, done.attempt());
      ResultSet row = update.executeQuery();
      return row.next() && row.getBoolean(1);
    }
  }

  private List<DueBarriers> selectDue(Connection connection) throws SQLException {
    String sql =
        "SELECT a.file_id, a.attempt, f.type,"
            + " coalesce(sum(s.rows), 0) AS rows, coalesce(sum(s.rejected_rows), 0) AS rejected_rows,"
            + " coalesce(sum(s.records), 0) AS records, coalesce(sum(s.rejected), 0) AS rejected"
            + " FROM riffle.file_attempts a JOIN riffle.files f USING (file_id, attempt)"
            + " LEFT JOIN riffle.split_progress s USING (file_id, attempt)"
            + " WHERE a.closed_at IS NULL AND a.splits_done = a.splits"
            + " AND f.state IN ('PLANNED', 'LOADING')"
            + " GROUP BY a.file_id, a.attempt, f.type ORDER BY a.file_id";
    List<DueBarriers> due = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      ResultSet rows = select.executeQuery();
      while (rows.next()) {
        FileAttempt load = new FileAttempt(rows.getLong("file_id"), rows.getInt("attempt"));
        due.add(due(rows, load, published(connection, load)));
      }
    }
    return due;
  }

  private static DueBarriers due(ResultSet row, FileAttempt load, List<Long> published)
      throws SQLException {
    return new DueBarriers(
        load,
        row.getString("type"),
        row.getLong("rows"),
        row.getLong("rejected_rows"),
        row.getLong("records"),
        row.getLong("rejected"),
        published);
  }

  private static List<Long> published(Connection connection, FileAttempt load) throws SQLException {
    String sql =
        "SELECT coalesce(array_agg(n ORDER BY partition), '{}') FROM"
            + " (SELECT p.partition, sum(p.n)::bigint AS n FROM riffle.split_progress,"
            + " unnest(published) WITH ORDINALITY AS p (n, partition)"
            + " WHERE file_id = ? AND attempt = ? GROUP BY p.partition) sums";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, load.file());
      select.setInt(2, load.attempt());
      ResultSet row = select.executeQuery();
      row.next();
      return Arrays.stream((Long[]) row.getArray(1).getArray()).toList();
    }
  }
}
