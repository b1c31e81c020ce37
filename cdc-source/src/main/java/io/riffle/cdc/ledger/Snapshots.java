package io.riffle.cdc.ledger;

import io.riffle.cdc.source.CapturedTable;
import io.riffle.cdc.source.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows of {@code riffle.cdc_snapshots}, on the caller's connection. */
public final class Snapshots {
  private static final String SELECT =
      "SELECT snapshot_id, source, schema_name, table_name, kind, state, epoch, start_lsn, rows_expected, rows_done,"
          + " ended_at, detail FROM riffle.cdc_snapshots ";

  /** Besides the newest. */
  private static final int KEPT = 20;

  private final Connection connection;

  public Snapshots(Connection connection) {
    this.connection = connection;
  }

  /**
   * Asks for one.
   *
   * @return false when one of that table waits or runs already
   */
  public boolean request(String source, CapturedTable table, int epoch, String by)
      throws SQLException {
    SnapshotKind kind = table.hasKey() ? SnapshotKind.SNAPSHOT : SnapshotKind.RELOAD;
    return request(source, table, kind, epoch, by);
  }

  /**
   * Asks for one of a kind.
   *
   * @return false when one of that table waits or runs already
   */
  public boolean request(
      String source, CapturedTable table, SnapshotKind kind, int epoch, String by)
      throws SQLException {
    return 1
        == update(
            "INSERT INTO riffle.cdc_snapshots (source, schema_name, table_name, kind, epoch, requested_by)"
                + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            source,
            table.name().schema(),
            table.name().table(),
            kind.name(),
            epoch,
            by);
  }

  /** Asks for those of tables whose newest is older than that. */
  public void requestDue(String source, int epoch, Duration age) throws SQLException {
    update(
        "INSERT INTO riffle.cdc_snapshots (source, schema_name, table_name, kind, epoch, requested_by)"
            + " SELECT t.source, t.schema_name, t.table_name, 'RELOAD', ?, 'interval' FROM riffle.cdc_tables t"
            + " WHERE t.source = ? AND t.key_columns = '{}' AND NOT EXISTS (SELECT FROM riffle.cdc_snapshots s"
            + " WHERE s.source = t.source AND s.schema_name = t.schema_name AND s.table_name = t.table_name"
            + " AND (s.state IN ('REQUESTED', 'RUNNING') OR coalesce(s.ended_at, s.requested_at) > now() - make_interval(secs => ?)))"
            + " ON CONFLICT DO NOTHING",
        epoch,
        source,
        (double) age.toSeconds());
  }

  /** Of those that Debezium reads the one that runs, or else the next that waits. */
  public Optional<TableSnapshot> nextSnapshot(String source) throws SQLException {
    return next(source, "kind <> 'RELOAD'");
  }

  /** Of reloads the one that runs, or else the next that waits. */
  public Optional<TableSnapshot> nextReload(String source) throws SQLException {
    return next(source, "kind = 'RELOAD'");
  }

  private Optional<TableSnapshot> next(String source, String kind) throws SQLException {
    return list(
            SELECT
                + "WHERE source = ? AND state IN ('RUNNING', 'REQUESTED') AND "
                + kind
                + " ORDER BY state DESC, snapshot_id LIMIT 1",
            source)
        .stream()
        .findFirst();
  }

  /** The one of that number; none when there is none, or it was trimmed. */
  public Optional<TableSnapshot> find(long id) throws SQLException {
    return list(SELECT + "WHERE snapshot_id = ?", id).stream().findFirst();
  }

  /** Of each table of the epoch the newest of all rows; tables by name. */
  public List<TableSnapshot> newest(String source) throws SQLException {
    return list(
        "SELECT DISTINCT ON (schema_name, table_name)"
            + SELECT.substring("SELECT".length())
            + "JOIN riffle.cdc_tables USING (source, schema_name, table_name)"
            + " WHERE source = ? AND kind <> 'COMPLETION' ORDER BY schema_name, table_name, snapshot_id DESC",
        source);
  }

  /** The newest of a table, of any kind. */
  public Optional<TableSnapshot> newest(String source, TableName table) throws SQLException {
    return list(
            SELECT
                + "WHERE source = ? AND schema_name = ? AND table_name = ? ORDER BY snapshot_id DESC LIMIT 1",
            source,
            table.schema(),
            table.table())
        .stream()
        .findFirst();
  }

  /** It begins, or begins again; positions of the first time stay for a snapshot. */
  public void begin(long id, long startLsn, long rowsExpected) throws SQLException {
    update(
        "UPDATE riffle.cdc_snapshots SET state = 'RUNNING', started_at = coalesce(started_at, now()),"
            + " start_lsn = ?, rows_expected = ?, rows_done = 0 WHERE snapshot_id = ? AND state IN ('REQUESTED', 'RUNNING')",
        startLsn,
        rowsExpected,
        id);
  }

  /** So many rows more are on the topic. */
  public void progress(long id, long rows) throws SQLException {
    update(
        "UPDATE riffle.cdc_snapshots SET rows_done = rows_done + ? WHERE snapshot_id = ? AND state = 'RUNNING'",
        rows,
        id);
  }

  /** One that runs begins anew: none of its rows counts. */
  public void again(long id) throws SQLException {
    update(
        "UPDATE riffle.cdc_snapshots SET rows_done = 0 WHERE snapshot_id = ? AND state = 'RUNNING'",
        id);
  }

  /** It is over, all rows and the sweep are on the topic. */
  public void done(long id, long rows) throws SQLException {
    update(
        "UPDATE riffle.cdc_snapshots SET state = 'DONE', rows_done = ?, ended_at = now(), detail = NULL WHERE snapshot_id = ? AND state = 'RUNNING'",
        rows,
        id);
    trim(id);
  }

  /** What an operator should know of one that runs; never a value. */
  public void detail(long id, String text) throws SQLException {
    update("UPDATE riffle.cdc_snapshots SET detail = ? WHERE snapshot_id = ?", text, id);
  }

  /**
   * It is over, and not all rows were read.
   *
   * @param why for operators; never a value
   */
  public void failed(long id, String why) throws SQLException {
    update(
        "UPDATE riffle.cdc_snapshots SET state = 'FAILED', detail = ?, ended_at = now()"
            + " WHERE snapshot_id = ? AND state IN ('REQUESTED', 'RUNNING')",
        why,
        id);
    trim(id);
  }

  /** Of each table the last are kept: a reload leaves one at each interval. */
  private void trim(long id) throws SQLException {
    update(
        "DELETE FROM riffle.cdc_snapshots WHERE snapshot_id IN (SELECT o.snapshot_id FROM riffle.cdc_snapshots o"
            + " JOIN riffle.cdc_snapshots n USING (source, schema_name, table_name, kind)"
            + " WHERE n.snapshot_id = ? AND o.snapshot_id < n.snapshot_id AND o.ended_at IS NOT NULL"
            + " ORDER BY o.snapshot_id DESC OFFSET ?)",
        id,
        KEPT);
  }

  private List<TableSnapshot> list(String sql, Object... values) throws SQLException {
    List<TableSnapshot> found = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      set(query, values);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          found.add(snapshot(row));
        }
      }
    }
    return found;
  }

  private int update(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, values);
      return statement.executeUpdate();
    }
  }

  private static void set(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  private static TableSnapshot snapshot(ResultSet row) throws SQLException {
    return new TableSnapshot(
        row.getLong(1),
        row.getString(2),
        new TableName(row.getString(3), row.getString(4)),
        SnapshotKind.valueOf(row.getString(5)),
        SnapshotState.valueOf(row.getString(6)),
        row.getInt(7),
        Optional.ofNullable(row.getObject(8, Long.class)),
        Optional.ofNullable(row.getObject(9, Long.class)),
        row.getLong(10),
        Optional.ofNullable(row.getTimestamp(11)).map(Timestamp::toInstant),
        Optional.ofNullable(row.getString(12)));
  }
}
