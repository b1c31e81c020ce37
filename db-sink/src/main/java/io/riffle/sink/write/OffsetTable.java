package io.riffle.sink.write;

import io.riffle.lease.Lease;
import io.riffle.sink.offsets.LogFacts;
import io.riffle.sink.offsets.StoredOffset;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;

/** The rows of {@code riffle.sink_offsets} of one connector. */
public final class OffsetTable {
  private static final String READ =
      "SELECT topic, partition, topic_id, partitions, next FROM riffle.sink_offsets"
          + " WHERE connector = ?";
  private static final String ADD =
      "INSERT INTO riffle.sink_offsets (connector, topic, partition, topic_id, partitions, next)"
          + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (connector, topic, partition) DO NOTHING";
  private static final String PUT =
      "INSERT INTO riffle.sink_offsets (connector, topic, partition, topic_id, partitions, next)"
          + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (connector, topic, partition) DO UPDATE"
          + " SET topic_id = excluded.topic_id, partitions = excluded.partitions,"
          + " next = excluded.next, changed_at = now()";
  private static final String MOVE =
      "UPDATE riffle.sink_offsets SET next = ?, changed_at = now()"
          + " WHERE connector = ? AND topic = ? AND partition = ? AND next = ? AND "
          + Lease.CHECK;
  private static final String SETTLED =
      "SELECT NOT EXISTS (SELECT FROM riffle.files WHERE state IN ('PLANNED', 'LOADING'))";
  private static final String DELETE =
      "DELETE FROM riffle.sink_offsets WHERE connector = ? AND topic = ? AND partition = ?";

  private final String connector;

  public OffsetTable(String connector) {
    this.connector = connector;
  }

  /** All stored offsets. */
  public Map<TopicPartition, StoredOffset> read(Connection connection) throws SQLException {
    Map<TopicPartition, StoredOffset> stored = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(READ)) {
      statement.setString(1, connector);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          stored.put(
              new TopicPartition(rows.getString(1), rows.getInt(2)),
              new StoredOffset(rows.getObject(3, UUID.class), rows.getInt(4), rows.getLong(5)));
        }
      }
    }
    return stored;
  }

  /** Stores the first offset of a partition, unless another task was faster. */
  public void add(Connection connection, TopicPartition partition, LogFacts log, long next)
      throws SQLException {
    write(connection, ADD, partition, log, next);
  }

  /** Whether no file is on its way: what was published was read, up to its last barrier. */
  public boolean isSettled(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SETTLED);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() && rows.getBoolean(1);
    }
  }

  /** Stores an offset that an operator chose. */
  public void put(Connection connection, TopicPartition partition, LogFacts log, long next)
      throws SQLException {
    write(connection, PUT, partition, log, next);
  }

  private void write(
      Connection connection, String sql, TopicPartition partition, LogFacts log, long next)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, connector);
      statement.setString(2, partition.topic());
      statement.setInt(3, partition.partition());
      statement.setObject(4, log.topicId());
      statement.setInt(5, log.partitions());
      statement.setLong(6, next);
      statement.executeUpdate();
    }
  }

  /** Forgets partitions, so that they are read from the start of their log. */
  public void delete(Connection connection, Collection<TopicPartition> partitions)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
      for (TopicPartition partition : partitions) {
        statement.setString(1, connector);
        statement.setString(2, partition.topic());
        statement.setInt(3, partition.partition());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /**
   * Moves partitions on, compare-and-set; locks their rows, and the lease where it is, until the
   * transaction ends.
   *
   * @param token of the lease
   * @return false when any of them is not where it is expected: somebody else moved it, or has the
   *     lease
   */
  public boolean move(Connection connection, List<OffsetMove> moves, long token)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(MOVE)) {
      for (OffsetMove move : moves) {
        statement.setLong(1, move.next());
        statement.setString(2, connector);
        statement.setString(3, move.partition().topic());
        statement.setInt(4, move.partition().partition());
        statement.setLong(5, move.expected());
        statement.setLong(6, token);
        statement.addBatch();
      }
      return Arrays.stream(statement.executeBatch()).allMatch(changed -> changed == 1);
    }
  }
}
