package io.riffle.producer.ledger;

import io.riffle.producer.manifest.ClaimedIds;
import io.riffle.producer.manifest.Refusal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Synthetic data sets: what they claim, and what their pre-validation said. */
public final class SyntheticLedger {

  private final Database database;

  public SyntheticLedger(Database database) {
    this.database = database;
  }

  /** Those of the manifests that are of synthetic sets, by manifest id. */
  public Map<Long, SyntheticSet> among(Collection<Long> manifests) {
    return database.transaction(connection -> select(connection, manifests));
  }

  /** The manifest key of a synthetic set that is between its plan and its end, if there is one. */
  public Optional<String> loading() {
    return database.transaction(
        connection -> {
          String sql =
              "SELECT s.s3_key FROM riffle.synthetic_sets JOIN riffle.manifests m USING"
                  + " (manifest_id) JOIN "
                  + database.tables()
                  + ".s3_manifest_files s USING (manifest_id)"
                  + " WHERE m.state IN ('PLANNED', 'LOADING')"
                  + " ORDER BY m.instant_nanos, m.feed, m.sequence_id LIMIT 1";
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            ResultSet row = select.executeQuery();
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
          }
        });
  }

  /** None of the set's ids is in the tables. */
  public void pass(long manifest) {
    database.transaction(
        connection -> {
          recordOutcome(connection, manifest, "PASSED");
          return explain(connection, manifest, null, null);
        });
  }

  /** Rejects the manifest and its files. */
  public void reject(long manifest, String detail) {
    database.transaction(
        connection -> {
          recordOutcome(connection, manifest, "REJECTED");
          rejectFiles(connection, manifest, detail);
          return explain(connection, manifest, Refusal.PRE_VALIDATION.name(), detail);
        });
  }

  static void insert(Connection connection, long manifest, Optional<ClaimedIds> claimed)
      throws SQLException {
    String sql =
        "INSERT INTO riffle.synthetic_sets (manifest_id, claims_ids, clm_grp_id_start,"
            + " pde_id_start, carr_clm_cntl_num_start, fi_doc_cntl_num_start, hicn_start,"
            + " bene_id_start, clm_id_start, mbi_start, bene_id_end)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setLong(1, manifest);
      insert.setBoolean(2, claimed.isPresent());
      insert.setObject(3, claimed.map(ClaimedIds::claimGroupIdStart).orElse(null), Types.BIGINT);
      insert.setObject(4, claimed.map(ClaimedIds::pdeIdStart).orElse(null), Types.BIGINT);
      insert.setObject(
          5, claimed.map(ClaimedIds::carrierControlNumberStart).orElse(null), Types.BIGINT);
      insert.setString(6, claimed.map(ClaimedIds::fiDocumentControlNumberStart).orElse(null));
      insert.setString(7, claimed.map(ClaimedIds::hicnStart).orElse(null));
      insert.setObject(8, claimed.map(ClaimedIds::beneIdStart).orElse(null), Types.BIGINT);
      insert.setObject(9, claimed.map(ClaimedIds::claimIdStart).orElse(null), Types.BIGINT);
      insert.setString(10, claimed.map(ClaimedIds::mbiStart).orElse(null));
      insert.setObject(11, claimed.map(ClaimedIds::beneIdEnd).orElse(null), Types.BIGINT);
      insert.executeUpdate();
    }
  }

  private Map<Long, SyntheticSet> select(Connection connection, Collection<Long> manifests)
      throws SQLException {
    String sql =
        "SELECT t.*, s.s3_key, claims_ids AND outcome IS DISTINCT FROM 'PASSED'"
            + " AND NOT EXISTS (SELECT FROM riffle.files f WHERE f.manifest_id = t.manifest_id"
            + " AND f.attempt > 0) AS unchecked FROM riffle.synthetic_sets t JOIN "
            + database.tables()
            + ".s3_manifest_files s USING (manifest_id) WHERE manifest_id = ANY (?)";
    Map<Long, SyntheticSet> found = new LinkedHashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setArray(1, connection.createArrayOf("bigint", manifests.toArray()));
      ResultSet rows = select.executeQuery();
      while (rows.next()) {
        SyntheticSet set = set(rows);
        found.put(set.manifestId(), set);
      }
    }
    return found;
  }

  private static SyntheticSet set(ResultSet row) throws SQLException {
    Optional<ClaimedIds> unchecked =
        row.getBoolean("unchecked") ? Optional.of(claimed(row)) : Optional.empty();
    return new SyntheticSet(row.getLong("manifest_id"), row.getString("s3_key"), unchecked);
  }

  private static ClaimedIds claimed(ResultSet row) throws SQLException {
    return new ClaimedIds(
        row.getLong("clm_grp_id_start"),
        row.getLong("pde_id_start"),
        row.getLong("carr_clm_cntl_num_start"),
        row.getString("fi_doc_cntl_num_start"),
        row.getString("hicn_start"),
        row.getLong("bene_id_start"),
        row.getLong("clm_id_start"),
        row.getString("mbi_start"),
        row.getLong("bene_id_end"));
  }

  private static void recordOutcome(Connection connection, long manifest, String outcome)
      throws SQLException {
    String sql =
        "UPDATE riffle.synthetic_sets SET outcome = ?, checked_at = now() WHERE manifest_id = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, outcome);
      update.setLong(2, manifest);
      update.executeUpdate();
    }
  }

  private static void rejectFiles(Connection connection, long manifest, String detail)
      throws SQLException {
    String sql =
        "SELECT riffle.change_file_states(array_agg(file_id), 'REJECTED', ?, ARRAY[?])"
            + " FROM riffle.files"
            + " WHERE manifest_id = ? AND state IN ('DISCOVERED', 'WAITING')";
    try (PreparedStatement change = connection.prepareStatement(sql)) {
      change.setString(1, Refusal.PRE_VALIDATION.name());
      change.setString(2, detail);
      change.setLong(3, manifest);
      change.executeQuery();
    }
  }

  /** The manifest's state follows from its files; why, it has to be told. */
  private static boolean explain(Connection connection, long manifest, String reason, String detail)
      throws SQLException {
    String sql = "UPDATE riffle.manifests SET reason = ?, detail = ? WHERE manifest_id = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, reason);
      update.setString(2, detail);
      update.setLong(3, manifest);
      return update.executeUpdate() > 0;
    }
  }
}
