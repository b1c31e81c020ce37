package io.riffle.producer.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Plans against operators who skip files ({@code riffle.skip_files}): a file whose plan is about to
 * go out is claimed first, and nobody skips it from then on. The lock of its row orders the two.
 */
public final class PlanClaims {

  private final Database database;
  private final String bucket;

  public PlanClaims(Database database, String bucket) {
    this.database = database;
    this.bucket = bucket;
  }

  /** Whether a file is to be planned; an operator may have skipped it since it was listed. */
  public boolean isToBePlanned(long file) {
    return isAnswered(
        "SELECT FROM riffle.files WHERE file_id = ? AND state IN ('DISCOVERED', 'WAITING')", file);
  }

  /**
   * Claims a file, until the ledger knows of its plan.
   *
   * @return false if it is not to be planned any more
   */
  public boolean claim(long file) {
    return isAnswered(
        "UPDATE riffle.files SET planning = true WHERE file_id = ?"
            + " AND state IN ('DISCOVERED', 'WAITING') RETURNING file_id",
        file);
  }

  /**
   * Takes back what a scanner that ended in the middle of a plan has claimed. To be called when the
   * ledger knows of all plans, and no earlier scanner can write any.
   */
  public void release() {
    database.transaction(
        connection -> {
          String sql =
              "UPDATE riffle.files f SET planning = false FROM riffle.manifests m"
                  + " WHERE f.planning AND m.manifest_id = f.manifest_id AND m.bucket = ?";
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, bucket);
            return update.executeUpdate();
          }
        });
  }

  private boolean isAnswered(String sql, long file) {
    return database.transaction(connection -> isAnswered(connection, sql, file));
  }

  private static boolean isAnswered(Connection connection, String sql, long file)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, file);
      return statement.executeQuery().next();
    }
  }
}
