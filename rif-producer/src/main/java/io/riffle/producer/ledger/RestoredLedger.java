package io.riffle.producer.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A ledger that was restored from a backup lacks files that the progress topic knows. The scanner
 * finds them again and loads them as new files: what they bring is on the topics already, and their
 * totals come right. A ledger that never was of this topic lacks files as well; it is told from the
 * first by the topic's id, which the ledger remembers.
 */
public final class RestoredLedger {

  private final Database database;
  private final String topic;
  private final UUID topicId;

  /**
   * @param topic the progress topic
   * @param topicId what Kafka calls it; another one for a topic that was deleted and made again
   */
  public RestoredLedger(Database database, String topic, UUID topicId) {
    this.database = database;
    this.topic = topic;
    this.topicId = topicId;
  }

  /** Remembers the topic; to be called when the ledger knows all files of it. */
  public void recordTopic() {
    database.transaction(this::insertTopic);
  }

  /**
   * Keeps the numbers of files that only the topics know from being given to others, whose records
   * would mix with theirs.
   *
   * @param last the highest of them
   * @throws IllegalStateException if the ledger is not of this topic
   */
  public void passOver(long last) {
    boolean own = database.transaction(connection -> passOver(connection, last));
    if (!own) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "topic %s (%s) knows file %d, the ledger does not, and was never written from this"
                  + " topic: database.url and kafka.bootstrap-servers do not belong together, or one"
                  + " of them was reset without the other",
              topic,
              topicId,
              last));
    }
  }

  private boolean passOver(Connection connection, long last) throws SQLException {
    if (!recordedTopic(connection).equals(Optional.of(topicId))) {
      return false;
    }
    String sql =
        "SELECT setval('riffle.files_file_id_seq', greatest(last_value, ?))"
            + " FROM riffle.files_file_id_seq";
    try (PreparedStatement move = connection.prepareStatement(sql)) {
      move.setLong(1, last);
      move.execute();
    }
    return true;
  }

  private boolean insertTopic(Connection connection) throws SQLException {
    String sql =
        "INSERT INTO riffle.progress_topics AS known (topic, topic_id) VALUES (?, ?)"
            + " ON CONFLICT (topic) DO UPDATE SET topic_id = excluded.topic_id, known_since = now()"
            + " WHERE known.topic_id <> excluded.topic_id";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, topic);
      insert.setObject(2, topicId);
      return insert.executeUpdate() > 0;
    }
  }

  private Optional<UUID> recordedTopic(Connection connection) throws SQLException {
    String sql = "SELECT topic_id FROM riffle.progress_topics WHERE topic = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, topic);
      ResultSet row = select.executeQuery();
      return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
    }
  }
}
