package io.riffle.operations.record;

import io.riffle.schemas.control.Version;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** Files of the ledger by the part of a version that all records of a file share. */
public final class SourceFiles {

  /** A conflict has the version of another manifest, and delivers nothing. */
  private static final String SQL =
      """
      SELECT m.instant_nanos, m.feed, m.sequence_id, f.entry_index, f.file_id, s.s3_key, f.file_name, f.type, f.merge
        FROM riffle.manifests m
        JOIN riffle.files f USING (manifest_id)
        JOIN ${tables}.s3_manifest_files s USING (manifest_id)
       WHERE m.state NOT IN ('CONFLICT', 'REJECTED')
         AND (m.instant_nanos, m.feed, m.sequence_id, f.entry_index) IN
             (SELECT * FROM unnest(?::bigint[], ?::smallint[], ?::int[], ?::smallint[]))
      """;

  private final Map<Version, SourceFile> byVersion;

  SourceFiles(Map<Version, SourceFile> byVersion) {
    this.byVersion = Map.copyOf(byVersion);
  }

  /** Looks up the files of versions; those that the ledger does not know are left out. */
  static SourceFiles of(DataSource database, String tablesSchema, Collection<Version> versions)
      throws SQLException {
    List<Version> files = versions.stream().map(Versions::ofFile).distinct().toList();
    Map<Version, SourceFile> found = new HashMap<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(SQL.replace("${tables}", tablesSchema))) {
      select.setArray(1, array(connection, files.stream().map(Version::instant).toArray()));
      select.setArray(2, array(connection, files.stream().map(v -> (long) v.feed()).toArray()));
      select.setArray(3, array(connection, files.stream().map(v -> (long) v.sequence()).toArray()));
      select.setArray(4, array(connection, files.stream().map(v -> (long) v.entry()).toArray()));
      ResultSet row = select.executeQuery();
      while (row.next()) {
        found.put(
            new Version(row.getLong(1), row.getInt(2), row.getInt(3), row.getInt(4), 0), file(row));
      }
    }
    return new SourceFiles(found);
  }

  private static Array array(Connection connection, Object[] values) throws SQLException {
    return connection.createArrayOf("bigint", values);
  }

  private static SourceFile file(ResultSet row) throws SQLException {
    return new SourceFile(
        row.getLong("file_id"),
        row.getString("s3_key"),
        row.getString("file_name"),
        row.getString("type"),
        row.getBoolean("merge"));
  }

  /** The file that delivered the record of a version. */
  Optional<SourceFile> of(Version version) {
    return Optional.ofNullable(byVersion.get(Versions.ofFile(version)));
  }
}
