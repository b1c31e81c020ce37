package io.riffle.sink.staging;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** {@code riffle.staging_changes}: what became of the columns of staging tables. */
final class ChangeLog {
  /** What can become of a table or a column. */
  enum What {
    CREATED,
    ADDED,
    DROPPED,
    RETURNED,
    WIDENED,
    NARROWED,
    EXTENDED
  }

  private static final String ADD =
      "INSERT INTO riffle.staging_changes (source, table_name, column_name, what, detail, topic,"
          + " \"offset\") VALUES (?, ?, ?, ?, ?, ?, ?)";
  private static final String LAST =
      "SELECT DISTINCT ON (column_name) column_name, what, detail FROM riffle.staging_changes"
          + " WHERE source = ? AND table_name = ? AND column_name IS NOT NULL"
          + " ORDER BY column_name, change_id DESC";

  private final Connection connection;
  private final CapturedTable table;
  private final String topic;
  private final long offset;

  /**
   * @param offset of the first event after the change
   */
  ChangeLog(Connection connection, CapturedTable table, String topic, long offset) {
    this.connection = connection;
    this.table = table;
    this.topic = topic;
    this.offset = offset;
  }

  /** Notes what became of the table as a whole. */
  void add(What what, String detail) throws SQLException {
    add(null, what, detail);
  }

  void add(String column, What what, String detail) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ADD)) {
      statement.setString(1, table.source());
      statement.setString(2, table.name());
      statement.setString(3, column);
      statement.setString(4, what.name());
      statement.setString(5, detail);
      statement.setString(6, topic);
      statement.setLong(7, offset);
      statement.executeUpdate();
    }
  }

  /** What was noted last of each column: the word and the detail. */
  Map<String, String> last() throws SQLException {
    Map<String, String> last = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(LAST)) {
      statement.setString(1, table.source());
      statement.setString(2, table.name());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          last.put(rows.getString(1), rows.getString(2) + " " + rows.getString(3));
        }
      }
    }
    return last;
  }
}
