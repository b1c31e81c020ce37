package io.riffle.infra.generation;

import io.riffle.infra.generation.Change.Step;
import io.riffle.infra.replay.PlannedRange;
import io.riffle.infra.replay.ReplayException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Changes of generation in the database: {@code riffle.generations} and what hangs on it. */
final class GenerationStore {
  private static final String CHECK_VIOLATION = "23514";

  private static final String ADD =
      """
      INSERT INTO riffle.replays (mode, scope, type, topic, planned_by, records_planned)
      VALUES ('GENERATION', ?, 'ALL', ?, ?, ?) RETURNING replay_id
      """;
  private static final String ADD_TYPE =
      "INSERT INTO riffle.generation_types (replay_id, type, partitions) VALUES (?, ?, ?)";
  private static final String ADD_RANGE =
      """
      INSERT INTO riffle.replay_ranges (replay_id, topic, topic_id, partitions, partition, from_offset, to_offset, next_offset)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String FIND =
      "SELECT generation, state, step FROM riffle.generations WHERE replay_id = ?"
          + " AND state IN ('NEXT', 'CURRENT')";
  private static final String OTHERS =
      """
      SELECT string_agg(replay_id::text, ', ') FROM riffle.replays
       WHERE state IN ('RUNNING', 'SWAPPING') AND replay_id <> ? AND parent IS DISTINCT FROM ?
      """;

  private final DataSource database;

  GenerationStore(DataSource database) {
    this.database = database;
  }

  /** Work in one transaction. */
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  <T> T transaction(Work<T> work) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      T result = work.run(connection);
      connection.commit();
      return result;
    } catch (SQLException e) {
      if (CHECK_VIOLATION.equals(e.getSQLState())) {
        throw new ReplayException(
            e.getMessage().replaceFirst("(?s)^\\w+: (.*?)(\\n.*)?$", "$1"), e);
      }
      throw e;
    }
  }

  /** Stores a plan; its number. */
  long add(
      String scope,
      String topic,
      String by,
      Map<String, Integer> partitions,
      List<PlannedRange> ranges)
      throws SQLException {
    return transaction(
        connection -> {
          long id;
          try (PreparedStatement insert = connection.prepareStatement(ADD)) {
            insert.setString(1, scope);
            insert.setString(2, topic);
            insert.setString(3, by);
            insert.setLong(4, ranges.stream().mapToLong(PlannedRange::records).sum());
            try (ResultSet row = insert.executeQuery()) {
              row.next();
              id = row.getLong(1);
            }
          }
          try (PreparedStatement insert = connection.prepareStatement(ADD_TYPE)) {
            for (Map.Entry<String, Integer> type : partitions.entrySet()) {
              insert.setLong(1, id);
              insert.setString(2, type.getKey());
              insert.setInt(3, type.getValue());
              insert.addBatch();
            }
            insert.executeBatch();
          }
          addRanges(connection, id, ranges);
          return id;
        });
  }

  private static void addRanges(Connection connection, long id, List<PlannedRange> ranges)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ADD_RANGE)) {
      for (PlannedRange range : ranges) {
        insert.setLong(1, id);
        insert.setString(2, range.topic());
        insert.setObject(3, range.topicId());
        insert.setInt(4, range.partitions());
        insert.setInt(5, range.partition());
        insert.setLong(6, range.from());
        insert.setLong(7, range.to());
        insert.setLong(8, range.next());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Begins a change, or finds one that was begun. */
  Change begin(long id) throws SQLException {
    Optional<Change> begun = find(id);
    if (begun.isEmpty()) {
      transaction(connection -> call(connection, "SELECT riffle.begin_generation(?)", id));
    }
    return find(id).orElseThrow();
  }

  /** A change that was begun; empty before, and when it was given up. */
  Optional<Change> find(long id) throws SQLException {
    return transaction(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(FIND)) {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
              return row.next()
                  ? Optional.of(
                      new Change(
                          row.getInt(1),
                          row.getString(2).equals("CURRENT"),
                          Step.valueOf(row.getString(3))))
                  : Optional.empty();
            }
          }
        });
  }

  /** Other replays that run, by number; empty when there is none. */
  Optional<String> others(long id) throws SQLException {
    return transaction(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(OTHERS)) {
            select.setLong(1, id);
            select.setLong(2, id);
            try (ResultSet row = select.executeQuery()) {
              row.next();
              return Optional.ofNullable(row.getString(1));
            }
          }
        });
  }

  /** What is read to the end, and what of each type. */
  void looked(long id, List<PlannedRange> ranges, Map<String, Source> sources) throws SQLException {
    transaction(
        connection -> {
          update(connection, "DELETE FROM riffle.replay_ranges WHERE replay_id = ?", id);
          addRanges(connection, id, ranges);
          for (Map.Entry<String, Source> source : sources.entrySet()) {
            update(
                connection,
                "UPDATE riffle.generation_types SET source = ? WHERE replay_id = ? AND type = ?",
                source.getValue().name(),
                id,
                source.getKey());
          }
          return advance(connection, id, Step.FILL);
        });
  }

  void advance(long id, Step step) throws SQLException {
    transaction(connection -> advance(connection, id, step));
  }

  static boolean advance(Connection connection, long id, Step step) throws SQLException {
    return call(connection, "SELECT riffle.advance_generation(?, ?)", id, step.name());
  }

  void switchOver(long id) throws SQLException {
    transaction(connection -> call(connection, "SELECT riffle.switch_generation(?)", id));
  }

  /** Gives a change up, without a change of the replay's own state. */
  void abandon(long id, String why) throws SQLException {
    transaction(connection -> call(connection, "SELECT riffle.abandon_generation(?, ?)", id, why));
  }

  /** Gives a change up, whatever state it is in, but for one that has exchanged tables. */
  void cancel(long id, String why) throws SQLException {
    transaction(
        connection ->
            call(connection, "SELECT riffle.abandon_generation(?, ?)", id, why)
                && call(
                    connection, "SELECT riffle.change_replay_state(?, 'CANCELLED', ?)", id, why));
  }

  /** Partitions that each type is to have. */
  Map<String, Integer> partitions(long id) throws SQLException {
    Map<String, Integer> partitions = new TreeMap<>();
    transaction(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT type, partitions FROM riffle.generation_types WHERE replay_id = ?")) {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                partitions.put(row.getString(1), row.getInt(2));
              }
            }
          }
          return true;
        });
    return partitions;
  }

  /** What each type is made of; empty before that was looked at. */
  Map<String, Source> sources(long id) throws SQLException {
    Map<String, Source> sources = new TreeMap<>();
    transaction(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT type, source FROM riffle.generation_types WHERE replay_id = ?"
                      + " AND source IS NOT NULL")) {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                sources.put(row.getString(1), Source.valueOf(row.getString(2)));
              }
            }
          }
          return true;
        });
    return sources;
  }

  /** The rebuilds that are part of a change, with their types. */
  Map<Long, String> rebuilds(long id) throws SQLException {
    Map<Long, String> rebuilds = new TreeMap<>();
    transaction(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT replay_id, type FROM riffle.replays WHERE parent = ?")) {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                rebuilds.put(row.getLong(1), row.getString(2));
              }
            }
          }
          return true;
        });
    return rebuilds;
  }

  /** A rebuild of a type's tables from its new topic, as part of a change. */
  static void addRebuild(
      Connection connection, long parent, String type, Collection<PlannedRange> ranges)
      throws SQLException {
    String topic = ranges.iterator().next().topic();
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO riffle.replays (mode, scope, type, topic, planned_by, records_planned, parent)
            SELECT 'REBUILD', ?, ?, ?, planned_by, ?, replay_id FROM riffle.replays WHERE replay_id = ?
            RETURNING replay_id
            """)) {
      insert.setString(1, "topic " + topic);
      insert.setString(2, type);
      insert.setString(3, topic);
      insert.setLong(4, ranges.stream().mapToLong(PlannedRange::records).sum());
      insert.setLong(5, parent);
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        addRanges(connection, row.getLong(1), new ArrayList<>(ranges));
      }
    }
  }

  /**
   * Generations whose topics nobody needs any more when a replay is dropped: those before the one
   * that it made or, where it was cancelled, that one.
   */
  List<Integer> obsolete(long id) throws SQLException {
    List<Integer> obsolete = new ArrayList<>();
    transaction(
        connection -> {
          try (PreparedStatement select =
              prepare(
                  connection,
                  """
                  SELECT o.generation FROM riffle.generations o JOIN riffle.generations g ON g.replay_id = ?
                   WHERE o.state = 'FORMER' AND g.state IN ('CURRENT', 'FORMER') AND o.generation < g.generation
                      OR o.generation = g.generation AND g.state = 'ABANDONED'
                  """,
                  id)) {
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                obsolete.add(row.getInt(1));
              }
            }
          }
          return true;
        });
    return obsolete;
  }

  /** The sink does not read the topics of a generation any more, and never will. */
  void forgetOffsets(String connector, int generation) throws SQLException {
    String is = generation == 0 ? " !~ '\\.g[0-9]+$'" : " ~ '\\.g" + generation + "$'";
    transaction(
        connection -> {
          update(
              connection,
              "DELETE FROM riffle.sink_offsets WHERE connector = ? AND topic" + is,
              connector);
          return true;
        });
  }

  private static boolean call(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement call = prepare(connection, sql, parameters)) {
      return call.execute();
    }
  }

  private static void update(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement update = prepare(connection, sql, parameters)) {
      update.executeUpdate();
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
