package io.riffle.producer.ledger;

import io.riffle.producer.manifest.Manifest;
import io.riffle.producer.manifest.ManifestEntry;
import io.riffle.producer.manifest.ManifestKey;
import io.riffle.producer.manifest.ManifestReading;
import io.riffle.producer.manifest.ManifestReading.Accepted;
import io.riffle.producer.manifest.ManifestReading.Refused;
import io.riffle.producer.manifest.Refusal;
import io.riffle.schemas.control.Version;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Manifests and the lists of those that a data set consists of. */
public final class ManifestLedger {

  private final Database database;
  private final String bucket;

  public ManifestLedger(Database database, String bucket) {
    this.database = database;
    this.bucket = bucket;
  }

  /** All manifests of the bucket, by S3 key. */
  public Map<String, KnownManifest> known() {
    return database.transaction(this::selectKnown);
  }

  /**
   * Records a manifest that is new, with its files in state DISCOVERED. One that was refused, or
   * that has the version of another manifest, is recorded without files.
   *
   * @return what it is now; empty when another process recorded it meanwhile
   */
  public Optional<KnownManifest> record(
      ManifestKey key, String contentHash, ManifestReading reading) {
    return database.transaction(
        connection -> {
          Optional<Long> id = insertKey(connection, key);
          if (id.isEmpty()) {
            return Optional.empty();
          }
          FileState state = insert(connection, id.get(), key, contentHash, reading);
          return Optional.of(new KnownManifest(id.get(), contentHash, state));
        });
  }

  /**
   * The manifest's object is another one than recorded: CONFLICT, and so are its files that nobody
   * has planned yet. False if that was so before.
   */
  public boolean markChanged(long manifestId, String detail) {
    return database.transaction(
        connection -> {
          recordChange(connection, manifestId);
          moveUnplannedToConflict(connection, manifestId, detail);
          return updateState(connection, manifestId, FileState.CONFLICT, null, detail);
        });
  }

  private static void recordChange(Connection connection, long id) throws SQLException {
    String sql = "UPDATE riffle.manifests SET object_changed = true WHERE manifest_id = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, id);
      update.executeUpdate();
    }
  }

  /** Records which manifests a folder's ManifestList names. False if that was known. */
  public boolean recordList(String folder, List<String> manifests) {
    return database.transaction(
        connection -> {
          String sql =
              "INSERT INTO riffle.data_sets AS known (bucket, folder, manifests, listed_at)"
                  + " VALUES (?, ?, ?, now()) ON CONFLICT (bucket, folder) DO UPDATE"
                  + " SET manifests = excluded.manifests, listed_at = now()"
                  + " WHERE known.manifests IS DISTINCT FROM excluded.manifests";
          try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, bucket);
            insert.setString(2, folder);
            insert.setArray(3, texts(connection, manifests));
            return insert.executeUpdate() > 0;
          }
        });
  }

  private Map<String, KnownManifest> selectKnown(Connection connection) throws SQLException {
    String sql =
        "SELECT s.s3_key, m.manifest_id, m.content_hash, m.state FROM riffle.manifests m JOIN "
            + database.tables()
            + ".s3_manifest_files s USING (manifest_id) WHERE m.bucket = ?";
    Map<String, KnownManifest> known = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, bucket);
      ResultSet rows = select.executeQuery();
      while (rows.next()) {
        FileState state = FileState.valueOf(rows.getString(4));
        known.put(rows.getString(1), new KnownManifest(rows.getLong(2), rows.getString(3), state));
      }
    }
    return known;
  }

  private Optional<Long> insertKey(Connection connection, ManifestKey key) throws SQLException {
    String sql =
        "INSERT INTO "
            + database.tables()
            + ".s3_manifest_files (s3_key, status, status_timestamp, manifest_timestamp,"
            + " discovery_timestamp) VALUES (?, 'DISCOVERED', now(), ?, now())"
            + " ON CONFLICT (s3_key) DO NOTHING RETURNING manifest_id";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, key.s3Key());
      insert.setTimestamp(2, Timestamp.from(key.instant()));
      ResultSet row = insert.executeQuery();
      return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
    }
  }

  private FileState insert(
      Connection connection, long id, ManifestKey key, String hash, ManifestReading reading)
      throws SQLException {
    insertManifest(connection, id, key, hash);
    if (reading instanceof Refused refused) {
      updateState(connection, id, FileState.REJECTED, refused.reason(), refused.detail());
      return FileState.REJECTED;
    }
    Manifest manifest = ((Accepted) reading).manifest();
    Optional<String> sameVersion = sameVersion(connection, id, key);
    if (sameVersion.isPresent()) {
      String detail = key.fileName() + ": the version of " + sameVersion.get();
      updateState(connection, id, FileState.CONFLICT, null, detail);
      return FileState.CONFLICT;
    }
    Optional<String> listed = listedElsewhere(connection, manifest);
    if (listed.isPresent()) {
      String detail = key.fileName() + ": " + listed.get();
      updateState(connection, id, FileState.REJECTED, Refusal.ENTRY_REPEATED, detail);
      return FileState.REJECTED;
    }
    insertFiles(connection, id, manifest);
    if (manifest.synthetic()) {
      SyntheticLedger.insert(connection, id, manifest.claimed());
    }
    updateState(connection, id, FileState.DISCOVERED, null, null);
    return FileState.DISCOVERED;
  }

  /** In state CONFLICT first, in which no version is taken. */
  private void insertManifest(Connection connection, long id, ManifestKey key, String hash)
      throws SQLException {
    String sql =
        "INSERT INTO riffle.manifests (manifest_id, bucket, folder, instant_nanos, feed,"
            + " sequence_id, content_hash, state, discovered_at, changed_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, 'CONFLICT', now(), now())";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setLong(1, id);
      insert.setString(2, bucket);
      insert.setString(3, key.folder());
      // A manifest without version is refused; any instant will do.
      insert.setLong(4, key.hasVersion() ? Version.nanos(key.instant()) : 0);
      insert.setInt(5, key.feed());
      insert.setInt(6, (int) Math.min(key.number(), Integer.MAX_VALUE));
      insert.setString(7, hash);
      insert.executeUpdate();
    }
  }

  /** A version is taken for good once a file with it was planned. */
  private Optional<String> sameVersion(Connection connection, long id, ManifestKey key)
      throws SQLException {
    String sql =
        "SELECT s.s3_key FROM riffle.manifests m JOIN "
            + database.tables()
            + ".s3_manifest_files s USING (manifest_id)"
            + " WHERE instant_nanos = ? AND feed = ? AND sequence_id = ? AND manifest_id <> ?"
            + " AND (state NOT IN ('CONFLICT', 'REJECTED', 'SKIPPED') OR EXISTS (SELECT FROM riffle.files f"
            + " WHERE f.manifest_id = m.manifest_id AND f.attempt > 0)) LIMIT 1";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, Version.nanos(key.instant()));
      select.setInt(2, key.feed());
      select.setInt(3, Math.toIntExact(key.number()));
      select.setLong(4, id);
      ResultSet row = select.executeQuery();
      return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
    }
  }

  private Optional<String> listedElsewhere(Connection connection, Manifest manifest)
      throws SQLException {
    String sql =
        "SELECT d.file_name, s.s3_key FROM "
            + database.tables()
            + ".s3_data_files d JOIN "
            + database.tables()
            + ".s3_manifest_files s USING (manifest_id) WHERE d.s3_key = ANY (?) LIMIT 1";
    List<String> keys =
        manifest.entries().stream().map(entry -> manifest.key().beside(entry.name())).toList();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setArray(1, texts(connection, keys));
      ResultSet row = select.executeQuery();
      return row.next()
          ? Optional.of("entry " + row.getString(1) + " is one of " + row.getString(2) + " too")
          : Optional.empty();
    }
  }

  private void insertFiles(Connection connection, long id, Manifest manifest) throws SQLException {
    String known =
        "INSERT INTO "
            + database.tables()
            + ".s3_data_files (manifest_id, index, file_name, file_type, s3_key, status,"
            + " status_timestamp, discovery_timestamp)"
            + " VALUES (?, ?, ?, ?, ?, 'DISCOVERED', now(), now())";
    String ours =
        "INSERT INTO riffle.files (manifest_id, entry_index, file_name, type, s3_key, merge, state,"
            + " discovered_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, 'DISCOVERED', now(), now())";
    try (PreparedStatement insertKnown = connection.prepareStatement(known);
        PreparedStatement insertOurs = connection.prepareStatement(ours)) {
      for (ManifestEntry entry : manifest.entries()) {
        String s3Key = manifest.key().beside(entry.name());
        String suffix = entry.merge() ? "_MERGE" : "";
        bind(insertKnown, id, entry, entry.type() + suffix, s3Key);
        bind(insertOurs, id, entry, entry.type(), s3Key);
        insertOurs.setBoolean(6, entry.merge());
        insertKnown.addBatch();
        insertOurs.addBatch();
      }
      insertKnown.executeBatch();
      insertOurs.executeBatch();
    }
  }

  private static void bind(
      PreparedStatement insert, long id, ManifestEntry entry, String type, String s3Key)
      throws SQLException {
    insert.setLong(1, id);
    insert.setInt(2, entry.index());
    insert.setString(3, entry.name());
    insert.setString(4, type);
    insert.setString(5, s3Key);
  }

  private static void moveUnplannedToConflict(Connection connection, long id, String detail)
      throws SQLException {
    String sql =
        "SELECT riffle.change_file_states(array_agg(file_id), 'CONFLICT', NULL, ARRAY[?])"
            + " FROM riffle.files"
            + " WHERE manifest_id = ? AND state IN ('DISCOVERED', 'WAITING', 'FUTURE')";
    try (PreparedStatement move = connection.prepareStatement(sql)) {
      move.setString(1, detail);
      move.setLong(2, id);
      move.executeQuery();
    }
  }

  private boolean updateState(
      Connection connection, long id, FileState state, Refusal reason, String detail)
      throws SQLException {
    String ours =
        "UPDATE riffle.manifests SET state = ?, reason = ?, detail = ?, changed_at = now()"
            + " WHERE manifest_id = ? AND (state <> ? OR detail IS DISTINCT FROM ?)";
    String known =
        "UPDATE "
            + database.tables()
            + ".s3_manifest_files SET status = ?, status_timestamp = now() WHERE manifest_id = ?";
    try (PreparedStatement update = connection.prepareStatement(ours);
        PreparedStatement mirror = connection.prepareStatement(known)) {
      update.setString(1, state.name());
      update.setString(2, reason == null ? null : reason.name());
      update.setString(3, detail);
      update.setLong(4, id);
      update.setString(5, state.name());
      update.setString(6, detail);
      mirror.setString(1, state == FileState.DISCOVERED ? "DISCOVERED" : "REJECTED");
      mirror.setLong(2, id);
      mirror.executeUpdate();
      return update.executeUpdate() > 0;
    }
  }

  private static Array texts(Connection connection, List<String> texts) throws SQLException {
    return connection.createArrayOf("text", texts.toArray());
  }
}
