package io.riffle.sink.staging;

import io.riffle.failure.SqlFailures;
import java.sql.SQLException;
import java.util.Set;

/** Failures that are one staging table's, such as its locks, its rights, or what depends on it. */
final class TableTrouble {
  /** Not supported, dependent objects, names and rights, in use; none of them says a value. */
  private static final Set<String> CLASSES = Set.of("0A", "2B", "42", "55");

  /** Values that a statement cannot work with; of one that has no rows, it is the statement's. */
  private static final String DATA = "22";

  private TableTrouble() {}

  /**
   * Whether a statement that makes a table or a column is refused for what it says, as it would be
   * the next time.
   */
  static boolean isRefusedDefinition(SQLException e) {
    return e.getSQLState() != null && e.getSQLState().startsWith(DATA);
  }

  /**
   * The failure, to be thrown on.
   *
   * @throws HaltedTableException when it is the table's
   */
  static SQLException of(StagingBatch batch, SQLException e) {
    String state = String.valueOf(e.getSQLState());
    if (state.length() < 2 || !CLASSES.contains(state.substring(0, 2))) {
      return e;
    }
    throw batch.halted("staging table " + batch.table() + ": " + SqlFailures.of(e).text());
  }
}
