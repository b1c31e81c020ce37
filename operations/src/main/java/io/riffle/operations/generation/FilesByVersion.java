package io.riffle.operations.generation;

import io.riffle.schemas.control.Version;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import javax.sql.DataSource;

/** Which file delivered a record, by the record's version. */
final class FilesByVersion implements ToLongFunction<Version> {
  private static final String FILES =
      """
      SELECT m.instant_nanos, m.feed, m.sequence_id, f.entry_index, f.file_id
        FROM riffle.files f JOIN riffle.manifests m USING (manifest_id)
       WHERE m.state NOT IN ('CONFLICT', 'REJECTED')
      """;
  private static final long UNKNOWN = 0;

  private final Map<Version, Long> files = new HashMap<>();

  FilesByVersion(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(FILES);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        files.put(
            new Version(row.getLong(1), row.getInt(2), row.getInt(3), row.getInt(4), 0),
            row.getLong(5));
      }
    }
  }

  @Override
  public long applyAsLong(Version version) {
    return files.getOrDefault(version.at(0), UNKNOWN);
  }
}
