package io.riffle.operations.ledger;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Skips files and takes them up again, by {@code riffle.skip_files} and {@code riffle.retry_files}.
 */
public final class FileOrders {

  /** A folder is that of a data set itself: what is above it would be many sets. */
  private static final String MEANT =
      """
      SELECT f.file_id, s.s3_key, m.state FROM riffle.manifests m JOIN ${tables}.s3_manifest_files s USING (manifest_id)
        LEFT JOIN riffle.files f USING (manifest_id)
       WHERE f.s3_key = ? OR s.s3_key = ? OR m.folder = ?
      """;

  private static final String NO_FILES =
      "a manifest that was refused has no files; the sender corrects it in a new one";

  private final DataSource database;
  private final String meant;

  /**
   * @param tablesSchema schema of the tables of record
   */
  public FileOrders(DataSource database, String tablesSchema) {
    this.database = database;
    this.meant = MEANT.replace("${tables}", tablesSchema);
  }

  /**
   * Skips what may be skipped.
   *
   * @param key S3 key of a data file, of a manifest, or of a data set's folder
   * @param dryRun only tells what would be skipped
   * @return no files when the ledger knows none of that key
   */
  public Ordered skip(String key, SkipReason reason, boolean dryRun) throws SQLException {
    return order(
        key,
        dryRun,
        "riffle.skip_files(?, ?)",
        (connection, statement) -> statement.setString(2, reason.text()));
  }

  /**
   * Takes up again what may be.
   *
   * @param key as for {@link #skip}
   * @param types that there are layouts for
   * @param dryRun only tells what would be taken up
   * @return no files when the ledger knows none of that key
   */
  public Ordered retry(String key, Collection<String> types, boolean dryRun) throws SQLException {
    return order(
        key,
        dryRun,
        "riffle.retry_files(?, ?)",
        (connection, statement) ->
            statement.setArray(2, connection.createArrayOf("text", types.toArray())));
  }

  /** Sets what an order needs beside the files. */
  private interface Second {
    void set(Connection connection, PreparedStatement statement) throws SQLException;
  }

  private Ordered order(String key, boolean dryRun, String function, Second second)
      throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      List<Ordered.Each> all = new ArrayList<>();
      List<Long> files = files(connection, key, all);
      String sql =
          "SELECT f.s3_key, o.was, o.refusal FROM %s o JOIN riffle.files f ON f.file_id = o.file"
              .formatted(function);
      try (PreparedStatement call = connection.prepareStatement(sql)) {
        Array ids = connection.createArrayOf("bigint", files.toArray());
        call.setArray(1, ids);
        second.set(connection, call);
        ResultSet row = call.executeQuery();
        while (row.next()) {
          all.add(
              new Ordered.Each(
                  row.getString(1), row.getString(2), Optional.ofNullable(row.getString(3))));
        }
      }
      if (dryRun) {
        connection.rollback();
      } else {
        connection.commit();
      }
      all.sort(Comparator.comparing(Ordered.Each::key));
      return new Ordered(all);
    }
  }

  /** The numbers of the files that are meant; manifests without files are refused at once. */
  private List<Long> files(Connection connection, String key, List<Ordered.Each> refused)
      throws SQLException {
    List<Long> files = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(meant)) {
      select.setString(1, key);
      select.setString(2, key);
      select.setString(3, key.endsWith("/") ? key : key + "/");
      ResultSet row = select.executeQuery();
      while (row.next()) {
        long file = row.getLong(1);
        if (row.wasNull()) {
          refused.add(new Ordered.Each(row.getString(2), row.getString(3), Optional.of(NO_FILES)));
        } else {
          files.add(file);
        }
      }
    }
    return files;
  }
}
