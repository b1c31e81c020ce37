package io.riffle.sink.replay;

import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.topics.Topics;
import io.riffle.sink.record.SinkTopic;
import io.riffle.sink.write.ReplayWriter.Outcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;

/** The rows of one replay in {@code riffle.replays} and its tables. */
final class ReplayTable {
  /** Held by the session, so that it ends with the process, whatever ends that. */
  private static final String LOCK =
      "SELECT pg_try_advisory_lock(hashtext('riffle replay'), hashtext(?::text))";

  private static final String FIND =
      "SELECT mode, state, dropped_at IS NOT NULL, forced, by_key, records_planned, records_done,"
          + " rows_written, rows_kept, rejected, (SELECT min(o.replay_id) FROM riffle.replays o"
          + " WHERE o.topic = r.topic AND o.state = 'RUNNING'"
          + " AND o.mode <> 'REINGEST' AND o.replay_id <> r.replay_id) AS other"
          + " FROM riffle.replays r WHERE replay_id = ? FOR UPDATE";

  /** The newest record of a key is known only of what the sink has read by now. */
  private static final String EXTEND =
      "UPDATE riffle.replay_ranges r SET to_offset = s.next FROM riffle.sink_offsets s"
          + " WHERE r.replay_id = ? AND s.connector = ? AND s.topic = r.topic"
          + " AND s.partition = r.partition AND s.topic_id = r.topic_id AND s.next > r.to_offset";

  private static final String MEASURE =
      "UPDATE riffle.replays SET records_planned = (SELECT coalesce(sum(to_offset - from_offset), 0)"
          + " FROM riffle.replay_ranges g WHERE g.replay_id = ?) WHERE replay_id = ?";
  private static final String CHANGE = "SELECT riffle.change_replay_state(?, ?, ?)";
  private static final String RANGES =
      "SELECT topic, topic_id, partitions, partition, from_offset, to_offset, next_offset"
          + " FROM riffle.replay_ranges WHERE replay_id = ? ORDER BY topic, partition";
  private static final String KEYS = "SELECT key FROM riffle.replay_keys WHERE replay_id = ?";
  private static final String REJECTED =
      "SELECT \"offset\" FROM riffle.rejects WHERE topic = ? AND partition = ? AND stage = 'SINK'"
          + " AND \"offset\" >= ? AND \"offset\" < ?";
  private static final String BEAT =
      "UPDATE riffle.replays SET beat_at = clock_timestamp()"
          + " WHERE replay_id = ? AND state = 'RUNNING'";
  private static final String STEP =
      "UPDATE riffle.replays SET beat_at = clock_timestamp(), records_done = records_done + ?"
          + " WHERE replay_id = ? AND state = 'RUNNING' AND riffle.check_lease(?)";
  private static final String MOVE =
      "UPDATE riffle.replay_ranges SET next_offset = ? WHERE replay_id = ? AND topic = ?"
          + " AND partition = ? AND next_offset = ?";
  private static final String COUNT =
      "UPDATE riffle.replays SET rows_written = rows_written + ?, rows_kept = rows_kept + ?,"
          + " rejected = rejected + ? WHERE replay_id = ?";

  private final long replay;
  private final String connector;
  private final Topics topics;
  private final Layouts layouts;

  /**
   * @param topics of the set, whose sink is the live one
   */
  ReplayTable(long replay, Topics topics, Layouts layouts) {
    this.replay = replay;
    this.connector = topics.sinkConnector();
    this.topics = topics;
    this.layouts = layouts;
  }

  /** Whether this session is the one that runs the replay. */
  boolean lock(Connection connection) throws SQLException {
    try (PreparedStatement statement = prepare(connection, LOCK, replay);
        ResultSet row = statement.executeQuery()) {
      return row.next() && row.getBoolean(1);
    }
  }

  /**
   * Begins a run: the replay is RUNNING, and reaches to where the live sink is now.
   *
   * @throws StoppedException when it cannot be run
   */
  Replay begin(Connection connection) throws SQLException {
    requireRunnable(connection);
    update(connection, EXTEND, replay, connector);
    update(connection, MEASURE, replay, replay);
    change(connection, "RUNNING", null);
    try (PreparedStatement statement = prepare(connection, FIND, replay);
        ResultSet row = statement.executeQuery()) {
      row.next();
      ReplayProgress progress =
          new ReplayProgress(
              row.getLong("records_planned"),
              row.getLong("records_done"),
              0,
              row.getLong("rows_written"),
              row.getLong("rows_kept"),
              row.getLong("rejected"));
      WantedKeys keys = row.getBoolean("by_key") ? keys(connection) : WantedKeys.all();
      return new Replay(row.getBoolean("forced"), keys, ranges(connection), progress);
    }
  }

  private void requireRunnable(Connection connection) throws SQLException {
    try (PreparedStatement statement = prepare(connection, FIND, replay);
        ResultSet row = statement.executeQuery()) {
      if (!row.next()) {
        throw StoppedException.because("there is no replay " + replay);
      }
      String state = row.getString("state");
      if (!row.getString("mode").equals("MERGE")) {
        throw StoppedException.because("it is no merge, but a " + row.getString("mode"));
      } else if (state.equals("CANCELLED")) {
        throw StoppedException.cancelled();
      } else if (state.equals("DONE") || row.getBoolean(3)) {
        throw StoppedException.because("it is " + state + " already: plan another one");
      } else if (row.getObject("other") != null) {
        throw StoppedException.because(
            "replay %d of the same topic is to be run to its end, or cancelled, first"
                .formatted(row.getLong("other")));
      }
    }
  }

  private WantedKeys keys(Connection connection) throws SQLException {
    LongStream.Builder keys = LongStream.builder();
    try (PreparedStatement statement = prepare(connection, KEYS, replay);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        keys.add(rows.getLong(1));
      }
    }
    return WantedKeys.of(keys.build().toArray());
  }

  private List<ReplayRange> ranges(Connection connection) throws SQLException {
    List<ReplayRange> ranges = new ArrayList<>();
    try (PreparedStatement statement = prepare(connection, RANGES, replay);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        ranges.add(
            new ReplayRange(
                topic(row.getString(1)),
                row.getObject(2, UUID.class),
                row.getInt(3),
                row.getInt(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7)));
      }
    }
    return ranges;
  }

  private SinkTopic topic(String name) {
    return SinkTopic.of(name, topics, layouts)
        .orElseThrow(() -> StoppedException.because("no layout of this build has topic " + name));
  }

  /** Records of a range that the sink has set aside: they are no rows. */
  Set<Long> rejected(Connection connection, ReplayRange range) throws SQLException {
    Set<Long> offsets = new HashSet<>();
    Object[] of = {range.topic().name(), range.partition(), range.next(), range.to()};
    try (PreparedStatement statement = prepare(connection, REJECTED, of);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        offsets.add(rows.getLong(1));
      }
    }
    return offsets;
  }

  /** A sign of life. False: it is not to go on. */
  boolean beat(Connection connection) throws SQLException {
    return update(connection, BEAT, replay) == 1;
  }

  /**
   * Moves a range on, compare-and-set.
   *
   * @param token of the lease
   * @return false when the replay is not to go on, the lease is elsewhere, or somebody else was
   *     faster
   */
  boolean move(Connection connection, ReplayRange range, long next, long token)
      throws SQLException {
    return update(connection, STEP, next - range.next(), replay, token) == 1
        && update(
                connection,
                MOVE,
                next,
                replay,
                range.topic().name(),
                range.partition(),
                range.next())
            == 1;
  }

  void count(Connection connection, Outcome outcome) throws SQLException {
    update(connection, COUNT, outcome.written(), outcome.kept(), outcome.rejected(), replay);
  }

  void change(Connection connection, String state, String detail) throws SQLException {
    try (PreparedStatement statement = prepare(connection, CHANGE, replay, state, detail)) {
      statement.execute();
    }
  }

  private static int update(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, parameters)) {
      return statement.executeUpdate();
    }
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }
}
