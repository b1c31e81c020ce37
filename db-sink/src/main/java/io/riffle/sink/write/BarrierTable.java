package io.riffle.sink.write;

import io.riffle.schemas.control.MergedBarrier;
import io.riffle.sink.record.Incoming.Barrier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** {@code riffle.barriers}, and the closing of attempts whose barriers are all there. */
final class BarrierTable {
  private static final String ADD =
      "INSERT INTO riffle.barriers (file_id, attempt, topic, partition, partitions, expected,"
          + " applied, older, duplicate, parked, rejected, repeated_keys)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (file_id, attempt, topic, partition) DO NOTHING";
  private static final String CLOSE = "SELECT riffle.close_attempt(?, ?)";
  private static final String PROBLEM =
      "SELECT problem FROM riffle.file_attempts WHERE file_id = ? AND attempt = ?"
          + " AND problem IS NOT NULL";
  private static final String MARK =
      "UPDATE riffle.file_attempts a SET problem = 'all barriers are here, but the file is '"
          + " || f.state FROM riffle.files f WHERE f.file_id = a.file_id AND a.file_id = ?"
          + " AND a.attempt = ?";

  /** What riffle.change_file_state raises for a move that is not allowed. */
  private static final String CHECK_VIOLATION = "23514";

  private BarrierTable() {}

  /**
   * What came of an attempt after its barrier.
   *
   * @param problem why it could not be closed although all barriers are there
   */
  record Closing(Attempt attempt, boolean closed, Optional<String> problem) {}

  /** Stores barriers and closes the attempts that are complete now. */
  static List<Closing> write(Connection connection, List<Barrier> barriers) throws SQLException {
    SortedSet<Attempt> attempts = new TreeSet<>();
    try (PreparedStatement statement = connection.prepareStatement(ADD)) {
      for (Barrier barrier : barriers) {
        add(statement, barrier);
        attempts.add(new Attempt(barrier.barrier().file(), barrier.barrier().attempt()));
      }
      statement.executeBatch();
    }
    List<Closing> closings = new ArrayList<>();
    for (Attempt attempt : attempts) {
      closings.add(close(connection, attempt));
    }
    return closings;
  }

  private static void add(PreparedStatement statement, Barrier record) throws SQLException {
    MergedBarrier barrier = record.barrier();
    statement.setLong(1, barrier.file());
    statement.setInt(2, barrier.attempt());
    statement.setString(3, record.place().topic().name());
    statement.setInt(4, record.place().partition());
    statement.setInt(5, barrier.partitions());
    statement.setLong(6, barrier.expected());
    statement.setLong(7, barrier.applied());
    statement.setLong(8, barrier.older());
    statement.setLong(9, barrier.duplicate());
    statement.setLong(10, barrier.parked());
    statement.setLong(11, barrier.rejected());
    statement.setLong(12, barrier.repeatedKeys().orElse(0L));
    statement.addBatch();
  }

  /** A file that may not be completed (it was rejected meanwhile) must not stop the others. */
  private static Closing close(Connection connection, Attempt attempt) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      boolean closed = call(connection, attempt);
      connection.releaseSavepoint(before);
      return new Closing(attempt, closed, closed ? Optional.empty() : problem(connection, attempt));
    } catch (SQLException e) {
      if (!CHECK_VIOLATION.equals(e.getSQLState())) {
        throw e;
      }
      connection.rollback(before);
      mark(connection, attempt);
      return new Closing(attempt, false, problem(connection, attempt));
    }
  }

  private static boolean call(Connection connection, Attempt attempt) throws SQLException {
    try (PreparedStatement statement = prepare(connection, CLOSE, attempt);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() && rows.getBoolean(1);
    }
  }

  private static Optional<String> problem(Connection connection, Attempt attempt)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, PROBLEM, attempt);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
    }
  }

  private static void mark(Connection connection, Attempt attempt) throws SQLException {
    try (PreparedStatement statement = prepare(connection, MARK, attempt)) {
      statement.executeUpdate();
    }
  }

  private static PreparedStatement prepare(Connection connection, String sql, Attempt attempt)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setLong(1, attempt.file());
    statement.setInt(2, attempt.number());
    return statement;
  }
}
