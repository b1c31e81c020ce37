package io.riffle.operations.replay;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Writes plans into {@code riffle.replays} and its tables. */
final class PlanStore {
  private static final String ADD =
      """
      INSERT INTO riffle.replays (mode, scope, type, topic, forced, by_key, file_id, file_attempt, planned_by, records_planned)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING replay_id
      """;
  private static final String ADD_RANGE =
      """
      INSERT INTO riffle.replay_ranges (replay_id, topic, topic_id, partitions, partition, from_offset, to_offset, next_offset)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String ADD_KEYS =
      "INSERT INTO riffle.replay_keys (replay_id, key) SELECT ?, unnest(?::bigint[])";

  private final DataSource database;

  PlanStore(DataSource database) {
    this.database = database;
  }

  /** Stores a plan; its number. */
  long add(ReplayPlan plan) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      long id = insert(connection, plan);
      insertRanges(connection, id, plan.ranges());
      if (plan.keys().isPresent()) {
        try (PreparedStatement insert = connection.prepareStatement(ADD_KEYS)) {
          insert.setLong(1, id);
          insert.setObject(2, plan.keys().get());
          insert.executeUpdate();
        }
      }
      connection.commit();
      return id;
    }
  }

  private static long insert(Connection connection, ReplayPlan plan) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ADD)) {
      insert.setString(1, plan.request().mode().name());
      insert.setString(2, plan.request().text());
      insert.setString(3, plan.layout().type());
      insert.setString(4, plan.topic());
      insert.setBoolean(5, plan.request().forced());
      insert.setBoolean(6, plan.keys().isPresent());
      insert.setObject(7, plan.file().map(LedgerFile::id).orElse(null));
      insert.setObject(8, plan.file().map(LedgerFile::attempt).orElse(null));
      insert.setString(9, plan.request().by());
      insert.setLong(10, plan.records());
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static void insertRanges(Connection connection, long id, List<PlannedRange> ranges)
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
}
