package io.riffle.operations.replay;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import javax.sql.DataSource;

/** {@code riffle.replays} and its ranges. */
public final class ReplayLedger {
  private static final String CHECK_VIOLATION = "23514";

  private static final String FIND =
      """
      SELECT r.*, (SELECT count(*) FROM riffle.replay_keys k WHERE k.replay_id = r.replay_id) AS keys,
             extract(epoch FROM clock_timestamp() - r.beat_at) AS beat_age,
             extract(epoch FROM coalesce(r.ended_at, r.beat_at) - r.run_at) AS run_seconds
        FROM riffle.replays r WHERE (?::bigint IS NULL OR replay_id = ?) ORDER BY replay_id DESC LIMIT ?
      """;
  private static final String RANGES =
      """
      SELECT topic, topic_id, partitions, partition, from_offset, to_offset, next_offset
        FROM riffle.replay_ranges WHERE replay_id = ? ORDER BY topic, partition
      """;
  private static final String RATE =
      """
      SELECT sum(records_done - run_from) / sum(extract(epoch FROM ended_at - run_at)) FROM riffle.replays
       WHERE mode = ? AND type = ? AND state = 'DONE' AND ended_at > run_at + interval '1 s'
      """;

  private static final String BEAT =
      """
      UPDATE riffle.replays
         SET beat_at = clock_timestamp(), records_planned = ?, records_done = ?, detail = ?
       WHERE replay_id = ? AND state = 'RUNNING'
      """;

  private final DataSource database;

  public ReplayLedger(DataSource database) {
    this.database = database;
  }

  /** The newest ones first. */
  public List<ReplayStatus> list(int limit) throws SQLException {
    return find(null, limit);
  }

  /**
   * One of them.
   *
   * @throws ReplayException when there is none
   */
  public ReplayStatus get(long id) throws SQLException {
    return find(id, 1).stream()
        .findFirst()
        .orElseThrow(() -> new ReplayException("there is no replay " + id));
  }

  private List<ReplayStatus> find(Long id, int limit) throws SQLException {
    List<ReplayStatus> found = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(FIND)) {
      select.setObject(1, id, Types.BIGINT);
      select.setObject(2, id, Types.BIGINT);
      select.setInt(3, limit);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.add(status(row));
        }
      }
    }
    return found;
  }

  private static ReplayStatus status(ResultSet row) throws SQLException {
    double seconds = row.getDouble("run_seconds");
    long thisRun = row.getLong("records_done") - row.getLong("run_from");
    return new ReplayStatus(
        row.getLong("replay_id"),
        ReplayMode.valueOf(row.getString("mode")),
        row.getString("scope"),
        row.getString("type"),
        row.getString("topic"),
        row.getBoolean("forced"),
        row.getBoolean("by_key") ? Optional.of(row.getLong("keys")) : Optional.empty(),
        row.getString("state"),
        Optional.ofNullable(row.getString("detail")),
        row.getString("planned_by"),
        instant(row, "planned_at").orElseThrow(),
        instant(row, "run_at"),
        Optional.ofNullable(row.getBigDecimal("beat_age"))
            .map(age -> Duration.ofMillis(age.movePointRight(3).longValue())),
        instant(row, "ended_at"),
        row.getObject("dropped_at") != null,
        row.getLong("records_planned"),
        row.getLong("records_done"),
        row.getLong("rows_written"),
        row.getLong("rows_kept"),
        row.getLong("rejected"),
        seconds > 0 ? thisRun / seconds : 0);
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  /** The offsets that a replay reads; none for one that reads a file. */
  public List<PlannedRange> ranges(long id) throws SQLException {
    List<PlannedRange> ranges = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(RANGES)) {
      select.setLong(1, id);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          ranges.add(
              new PlannedRange(
                  row.getString(1),
                  row.getObject(2, UUID.class),
                  row.getInt(3),
                  row.getInt(4),
                  row.getLong(5),
                  row.getLong(6),
                  row.getLong(7)));
        }
      }
    }
    return ranges;
  }

  /** Offsets per second that earlier replays of the type made; empty when there was none. */
  OptionalDouble rate(ReplayMode mode, String type) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(RATE)) {
      select.setString(1, mode.name());
      select.setString(2, type);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        double rate = row.getDouble(1);
        return row.wasNull() || rate <= 0 ? OptionalDouble.empty() : OptionalDouble.of(rate);
      }
    }
  }

  /**
   * Changes the state of a replay.
   *
   * @throws ReplayException when it may not go there
   */
  public void change(long id, String state, String detail) throws SQLException {
    get(id);
    call("SELECT riffle.change_replay_state(?, ?, ?)", id, state, detail);
  }

  /**
   * A sign of life of who runs a replay, with how far it is.
   *
   * @param detail what it does or waits for; null when there is nothing to say
   * @return false when it is not to go on
   */
  public boolean beat(long id, long planned, long done, String detail) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement beat = connection.prepareStatement(BEAT)) {
      beat.setLong(1, planned);
      beat.setLong(2, done);
      beat.setString(3, detail);
      beat.setLong(4, id);
      return beat.executeUpdate() == 1;
    }
  }

  /**
   * Forgets what a replay that is over needed for its run.
   *
   * @throws ReplayException when it may still be run
   */
  public void drop(long id) throws SQLException {
    get(id);
    call("SELECT riffle.drop_replay(?)", id);
  }

  private void call(String sql, Object... parameters) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement call = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        call.setObject(i + 1, parameters[i]);
      }
      call.execute();
    } catch (SQLException e) {
      if (CHECK_VIOLATION.equals(e.getSQLState())) {
        String text = e.getMessage();
        throw new ReplayException(text.replaceFirst("(?s)^\\w+: (.*?)(\\n.*)?$", "$1"), e);
      }
      throw e;
    }
  }
}
