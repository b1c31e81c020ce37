package io.riffle.bench.data;

import io.riffle.bench.chain.Database;
import java.sql.SQLException;

/**
 * Numbers of records that no round has used before, on this stack: topics and stores remember keys
 * longer than the tables, which are emptied.
 */
final class RecordNumbers {

  private static final String SEQUENCE = "bench.record_numbers";

  private final Database database;

  RecordNumbers(Database database) throws SQLException {
    this.database = database;
    database.execute(
        "CREATE SCHEMA IF NOT EXISTS bench", "CREATE SEQUENCE IF NOT EXISTS " + SEQUENCE);
  }

  /** The first of so many. */
  long take(long count) throws SQLException {
    long first = database.number("SELECT nextval('" + SEQUENCE + "')");
    database.number("SELECT setval('" + SEQUENCE + "', " + (first + count) + ")");
    return first;
  }
}
