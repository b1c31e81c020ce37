package io.riffle.sink.write;

import io.riffle.sink.write.Tally.Outcome;
import io.riffle.sink.write.Tally.Share;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code riffle.sink_totals}. A record counts once, however often it is read: those before {@code
 * counted_to} are counted already. The offset row that the transaction has locked keeps others away
 * from the rows of its partition.
 */
final class TotalsTable {
  private static final String COUNTED_TO =
      "SELECT t.file_id, t.attempt, t.topic, t.partition, t.counted_to FROM riffle.sink_totals t"
          + " JOIN unnest(?::bigint[], ?::int[], ?::text[], ?::int[])"
          + " AS s (file_id, attempt, topic, partition)"
          + " ON t.file_id = s.file_id AND t.attempt = s.attempt AND t.topic = s.topic"
          + " AND t.partition = s.partition";
  private static final String ADD =
      "INSERT INTO riffle.sink_totals AS t"
          + " (file_id, attempt, topic, partition, counted_to, applied, older, rejected)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (file_id, attempt, topic, partition) DO UPDATE"
          + " SET counted_to = greatest(t.counted_to, excluded.counted_to),"
          + " applied = t.applied + excluded.applied, older = t.older + excluded.older,"
          + " rejected = t.rejected + excluded.rejected";

  private TotalsTable() {}

  static void add(Connection connection, Tally tally) throws SQLException {
    if (tally.shares().isEmpty()) {
      return;
    }
    Map<Share, Long> countedTo = countedTo(connection, tally.shares());
    try (PreparedStatement statement = connection.prepareStatement(ADD)) {
      for (Share share : tally.shares()) {
        long from = countedTo.getOrDefault(share, 0L);
        if (tally.end(share) > from) {
          add(statement, share, tally, from);
        }
      }
      statement.executeBatch();
    }
  }

  private static void add(PreparedStatement statement, Share share, Tally tally, long from)
      throws SQLException {
    statement.setLong(1, share.attempt().file());
    statement.setInt(2, share.attempt().number());
    statement.setString(3, share.topic());
    statement.setInt(4, share.partition());
    statement.setLong(5, tally.end(share));
    statement.setLong(6, tally.count(share, from, Outcome.APPLIED));
    statement.setLong(7, tally.count(share, from, Outcome.OLDER));
    statement.setLong(8, tally.count(share, from, Outcome.REJECTED));
    statement.addBatch();
  }

  private static Map<Share, Long> countedTo(Connection connection, List<Share> shares)
      throws SQLException {
    Map<Share, Long> countedTo = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(COUNTED_TO)) {
      setArray(statement, 1, "int8", shares.stream().map(s -> s.attempt().file()).toArray());
      setArray(statement, 2, "int4", shares.stream().map(s -> s.attempt().number()).toArray());
      setArray(statement, 3, "text", shares.stream().map(Share::topic).toArray());
      setArray(statement, 4, "int4", shares.stream().map(Share::partition).toArray());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Attempt attempt = new Attempt(rows.getLong(1), rows.getInt(2));
          countedTo.put(new Share(attempt, rows.getString(3), rows.getInt(4)), rows.getLong(5));
        }
      }
    }
    return countedTo;
  }

  private static void setArray(PreparedStatement statement, int at, String type, Object[] values)
      throws SQLException {
    statement.setArray(at, statement.getConnection().createArrayOf(type, values));
  }
}
