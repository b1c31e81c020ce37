package io.riffle.operations.replay;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * A file of the ledger.
 *
 * @param type base type, such as CARRIER
 * @param attempt the current one; 0 before the first
 * @param eTag of the object that was read
 */
record LedgerFile(
    long id,
    String bucket,
    String s3Key,
    String type,
    String state,
    int attempt,
    Optional<String> eTag,
    Optional<Long> bytes) {
  private static final String FIND =
      """
      SELECT f.file_id, m.bucket, f.s3_key, f.type, f.state, f.attempt, f.etag, f.bytes
        FROM riffle.files f JOIN riffle.manifests m USING (manifest_id)
       WHERE f.s3_key = ? OR f.file_name = ? ORDER BY f.file_id DESC LIMIT 20
      """;

  /** The newest load that is published, and what was redriven since. */
  private static final String DELIVERIES =
      """
      SELECT attempt, planned_at, published_records FROM riffle.file_attempts a
       WHERE file_id = ? AND published_at IS NOT NULL AND attempt >= (
         SELECT coalesce(max(attempt), 0) FROM riffle.file_attempts l
          WHERE l.file_id = a.file_id AND l.cause <> 'REDRIVE' AND l.published_at IS NOT NULL)
       ORDER BY attempt
      """;

  /** An attempt with the number of records that went to the raw topic. */
  record Delivery(int attempt, Instant plannedAt, long records) {}

  /**
   * The file of that S3 key, or of that name.
   *
   * @throws ReplayException when there is none, or more than one
   */
  static LedgerFile find(DataSource database, String key) throws SQLException {
    List<LedgerFile> found = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(FIND)) {
      select.setString(1, key);
      select.setString(2, key);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.add(of(row));
        }
      }
    }
    return one(key, found);
  }

  private static LedgerFile one(String key, List<LedgerFile> found) {
    List<LedgerFile> exact = found.stream().filter(file -> file.s3Key().equals(key)).toList();
    List<LedgerFile> meant = exact.isEmpty() ? found : exact;
    if (meant.isEmpty()) {
      throw new ReplayException("the ledger has no file " + key + " (see riffle files)");
    } else if (meant.size() > 1) {
      throw new ReplayException(
          "several files have the name "
              + key
              + ", say which: "
              + String.join(", ", meant.stream().map(LedgerFile::s3Key).toList()));
    }
    return meant.get(0);
  }

  private static LedgerFile of(ResultSet row) throws SQLException {
    return new LedgerFile(
        row.getLong("file_id"),
        row.getString("bucket"),
        row.getString("s3_key"),
        row.getString("type"),
        row.getString("state"),
        row.getInt("attempt"),
        Optional.ofNullable(row.getString("etag")),
        Optional.ofNullable((Long) row.getObject("bytes")));
  }

  boolean isLoaded() {
    return state.startsWith("COMPLETED");
  }

  /** Attempts that stand for the file: its newest load, and the redrives after it. */
  List<Delivery> deliveries(DataSource database) throws SQLException {
    List<Delivery> deliveries = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(DELIVERIES)) {
      select.setLong(1, id);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          deliveries.add(
              new Delivery(
                  row.getInt(1),
                  row.getObject(2, OffsetDateTime.class).toInstant(),
                  row.getLong(3)));
        }
      }
    }
    return deliveries;
  }
}
