package io.riffle.sink.staging;

import io.riffle.failure.SqlFailures;
import java.sql.SQLException;
import java.util.Set;

/** Failures that are one staging table's, such as its locks, its rights, or what depends on it. */
final class TableTrouble {
  /** Not supported, dependent objects, names and rights, in use; none of them says a value. */
  private static final Set<String> CLASSES = Set.of("0A", "2B", "42", "55");

  private TableTrouble() {}

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
