package io.riffle.producer.ledger;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Objects that no manifest lists: a row of {@code riffle.unlisted_objects} for each, for as long as
 * that is so. Two scanners may be at it for a while (the older one does not know yet that it is):
 * whoever writes holds a lock, and what is listed by then is never written.
 */
public final class UnlistedLedger {

  private static final String LOCK =
      "SELECT pg_advisory_xact_lock(hashtext('riffle'), hashtext('unlisted_objects'))";

  private final Database database;
  private final String bucket;

  public UnlistedLedger(Database database, String bucket) {
    this.database = database;
    this.bucket = bucket;
  }

  /** The folders that have rows. */
  public Set<String> folders() {
    String sql = "SELECT DISTINCT folder FROM riffle.unlisted_objects WHERE bucket = ?";
    return database.transaction(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, bucket);
            return texts(select.executeQuery());
          }
        });
  }

  /** Those of the keys that are no entry of any manifest whose files are in the ledger. */
  public Set<String> unlisted(List<String> s3Keys) {
    String sql = "SELECT o.s3_key FROM unnest(?) AS o (s3_key) WHERE " + isListedNowhere();
    return database.transaction(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setArray(1, texts(connection, s3Keys));
            return texts(select.executeQuery());
          }
        });
  }

  /**
   * Makes these the rows of a folder; rows that are there keep the time when they were noticed.
   *
   * @return the keys that had no row before
   */
  public Set<String> replace(String folder, List<UnlistedObject> objects) {
    return database.transaction(
        connection -> {
          try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.execute();
          }
          // Compared here: for a planner that guesses, two long lists are a product.
          Set<String> known = select(connection, folder);
          Set<String> gone = new HashSet<>(known);
          objects.forEach(object -> gone.remove(object.s3Key()));
          delete(connection, gone);
          Set<String> news = put(connection, folder, objects);
          news.removeAll(known);
          return news;
        });
  }

  private Set<String> select(Connection connection, String folder) throws SQLException {
    String sql = "SELECT s3_key FROM riffle.unlisted_objects WHERE bucket = ? AND folder = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, bucket);
      select.setString(2, folder);
      return texts(select.executeQuery());
    }
  }

  private void delete(Connection connection, Set<String> s3Keys) throws SQLException {
    String sql = "DELETE FROM riffle.unlisted_objects WHERE bucket = ? AND s3_key = ANY (?)";
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setString(1, bucket);
      delete.setArray(2, texts(connection, s3Keys.stream().sorted().toList()));
      delete.executeUpdate();
    }
  }

  /**
   * Its keys were looked up before the lock was held, so they are once more; those put or changed.
   */
  private Set<String> put(Connection connection, String folder, List<UnlistedObject> objects)
      throws SQLException {
    String sql =
        "INSERT INTO riffle.unlisted_objects AS known"
            + " (bucket, folder, s3_key, bytes, last_modified, noticed_at)"
            + " SELECT DISTINCT ON (o.s3_key) ?, ?, o.s3_key, o.bytes, o.last_modified, now()"
            + " FROM unnest(?, ?, ?) AS o (s3_key, bytes, last_modified) WHERE "
            + isListedNowhere()
            + " ORDER BY o.s3_key ON CONFLICT (bucket, s3_key) DO UPDATE SET folder ="
            + " excluded.folder, bytes = excluded.bytes, last_modified = excluded.last_modified"
            + " WHERE (known.folder, known.bytes, known.last_modified) IS DISTINCT FROM"
            + " (excluded.folder, excluded.bytes, excluded.last_modified) RETURNING s3_key";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, bucket);
      insert.setString(2, folder);
      insert.setArray(3, texts(connection, objects.stream().map(UnlistedObject::s3Key).toList()));
      insert.setArray(
          4,
          connection.createArrayOf("int8", objects.stream().map(UnlistedObject::bytes).toArray()));
      insert.setArray(
          5,
          connection.createArrayOf(
              "timestamptz",
              objects.stream().map(object -> object.lastModified().toString()).toArray()));
      return texts(insert.executeQuery());
    }
  }

  private String isListedNowhere() {
    return "NOT EXISTS (SELECT FROM "
        + database.tables()
        + ".s3_data_files d WHERE d.s3_key = o.s3_key)";
  }

  private static Array texts(Connection connection, List<String> texts) throws SQLException {
    return connection.createArrayOf("text", texts.toArray());
  }

  private static Set<String> texts(ResultSet rows) throws SQLException {
    Set<String> texts = new HashSet<>();
    while (rows.next()) {
      texts.add(rows.getString(1));
    }
    return texts;
  }
}
