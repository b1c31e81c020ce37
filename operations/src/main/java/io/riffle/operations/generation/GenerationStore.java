package io.riffle.operations.generation;

import io.riffle.operations.generation.Change.Step;
import io.riffle.operations.replay.ReplayException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** How far changes of generation are: {@code riffle.generations}, by the database's functions. */
final class GenerationStore {
  private static final String FIND =
      "SELECT generation, state, step FROM riffle.generations WHERE replay_id = ?"
          + " AND state IN ('NEXT', 'CURRENT')";
  private static final String OTHERS =
      """
      SELECT replay_id FROM riffle.replays
       WHERE state = 'RUNNING' AND replay_id <> ? AND parent IS DISTINCT FROM ?
      """;
  private static final String OBSOLETE =
      """
      SELECT o.generation FROM riffle.generations o JOIN riffle.generations g ON g.replay_id = ?
       WHERE o.state = 'FORMER' AND g.state IN ('CURRENT', 'FORMER') AND o.generation < g.generation
          OR o.generation = g.generation AND g.state = 'ABANDONED'
      """;

  private final DataSource database;

  GenerationStore(DataSource database) {
    this.database = database;
  }

  <T> T transaction(Sql.Work<T> work) throws SQLException {
    return Sql.transaction(database, work);
  }

  /** Begins a change, or finds one that was begun. */
  Change begin(long id) throws SQLException {
    if (find(id).isEmpty()) {
      call("SELECT riffle.begin_generation(?)", id);
    }
    return find(id).orElseThrow();
  }

  /** A change that was begun; empty before, and when it was given up. */
  Optional<Change> find(long id) throws SQLException {
    List<Change> found =
        transaction(
            connection ->
                Sql.list(
                    connection,
                    row ->
                        new Change(
                            row.getInt(1),
                            row.getString(2).equals("CURRENT"),
                            Step.valueOf(row.getString(3))),
                    FIND,
                    id));
    return found.stream().findFirst();
  }

  /**
   * Makes sure that nothing else is at work on the tables.
   *
   * @throws ReplayException when another replay runs, or was killed while it did
   */
  void requireAlone(long id) throws SQLException {
    List<String> others =
        transaction(connection -> Sql.list(connection, row -> row.getString(1), OTHERS, id, id));
    if (!others.isEmpty()) {
      throw new ReplayException("other replays run: " + String.join(", ", others));
    }
  }

  void advance(long id, Step step) throws SQLException {
    transaction(connection -> advance(connection, id, step));
  }

  static boolean advance(Connection connection, long id, Step step) throws SQLException {
    return Sql.call(connection, "SELECT riffle.advance_generation(?, ?)", id, step.name());
  }

  void switchOver(long id) throws SQLException {
    call("SELECT riffle.switch_generation(?)", id);
  }

  /** Gives a change up, without a change of the replay's own state. */
  void abandon(long id, String why) throws SQLException {
    call("SELECT riffle.abandon_generation(?, ?)", id, why);
  }

  /** Gives a change up, whatever state it is in, but for one that has exchanged tables. */
  void cancel(long id, String why) throws SQLException {
    transaction(
        connection ->
            Sql.call(connection, "SELECT riffle.abandon_generation(?, ?)", id, why)
                && Sql.call(
                    connection, "SELECT riffle.change_replay_state(?, 'CANCELLED', ?)", id, why));
  }

  private void call(String sql, Object... parameters) throws SQLException {
    transaction(connection -> Sql.call(connection, sql, parameters));
  }

  /**
   * Generations whose topics nobody needs any more when a replay is dropped: those before the one
   * that it made or, where it was cancelled, that one.
   */
  List<Integer> obsolete(long id) throws SQLException {
    return transaction(connection -> Sql.list(connection, row -> row.getInt(1), OBSOLETE, id));
  }

  /** The sink does not read the topics of a generation any more, and never will. */
  void forgetOffsets(String connector, int generation) throws SQLException {
    String is = generation == 0 ? " !~ '\\.g[0-9]+$'" : " ~ '\\.g" + generation + "$'";
    transaction(
        connection ->
            Sql.update(
                connection,
                "DELETE FROM riffle.sink_offsets WHERE connector = ? AND topic" + is,
                connector));
  }
}
