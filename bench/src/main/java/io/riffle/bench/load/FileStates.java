package io.riffle.bench.load;

import io.riffle.operations.load.LoadException;
import io.riffle.operations.site.Endpoints;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Asks the ledger how far the files of some manifests are. On one connection, for many looks. */
final class FileStates implements AutoCloseable {

  /** A manifest that was refused has no files: its own state counts. */
  private static final String STATES =
      """
      SELECT count(*) FILTER (WHERE coalesce(f.state, m.state) = 'COMPLETED') AS completed,
             string_agg(DISTINCT concat_ws(' ', coalesce(f.state, m.state), coalesce(f.reason, m.reason),
                                           coalesce(f.detail, m.detail), a.problem), '; ')
               FILTER (WHERE coalesce(f.state, m.state) NOT IN ('DISCOVERED', 'PLANNED', 'LOADING', 'WAITING', 'COMPLETED')
                          OR a.problem IS NOT NULL) AS wrong
        FROM riffle.manifests m
        JOIN ${tables}.s3_manifest_files s USING (manifest_id)
        LEFT JOIN riffle.files f USING (manifest_id)
        LEFT JOIN riffle.file_attempts a ON a.file_id = f.file_id AND a.attempt = f.attempt
       WHERE s.s3_key = ANY (?)
      """;

  private static final String OUTCOMES =
      """
      SELECT coalesce(sum(a.records), 0) AS records, coalesce(sum(a.applied), 0) AS applied
        FROM riffle.file_attempts a
        JOIN riffle.files f USING (file_id, attempt)
        JOIN ${tables}.s3_manifest_files s USING (manifest_id)
       WHERE s.s3_key = ANY (?)
      """;

  private final Connection connection;
  private final PreparedStatement states;
  private final PreparedStatement outcomes;
  private final int files;

  FileStates(Connection connection, List<String> manifests) throws SQLException {
    this.connection = connection;
    this.files = manifests.size();
    Array keys = connection.createArrayOf("text", manifests.toArray());
    states = connection.prepareStatement(inSchema(STATES));
    states.setArray(1, keys);
    outcomes = connection.prepareStatement(inSchema(OUTCOMES));
    outcomes.setArray(1, keys);
  }

  /**
   * Whether all are loaded.
   *
   * @throws LoadException when one of them will never be
   */
  boolean completed() throws SQLException {
    try (ResultSet row = states.executeQuery()) {
      row.next();
      String wrong = row.getString("wrong");
      if (wrong != null) {
        throw new LoadException("the load went wrong: " + wrong);
      }
      return row.getLong("completed") == files;
    }
  }

  /**
   * Holds the ledger's totals against what was sent.
   *
   * @throws LoadException when not every record was applied
   */
  void requireApplied(long records) throws SQLException {
    try (ResultSet row = outcomes.executeQuery()) {
      row.next();
      long applied = row.getLong("applied");
      if (row.getLong("records") != records || applied != records) {
        throw new LoadException(
            "of " + records + " records generated, " + applied + " were applied");
      }
    }
  }

  private static String inSchema(String sql) {
    return sql.replace("${tables}", Endpoints.TABLES_SCHEMA);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
