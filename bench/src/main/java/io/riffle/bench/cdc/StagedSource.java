package io.riffle.bench.cdc;

import io.riffle.operations.load.LoadException;
import io.riffle.samples.compare.Difference;
import io.riffle.samples.compare.StagingComparison;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/** The staging tables of a captured source. */
final class StagedSource {

  private static final Duration LOOK = Duration.ofMillis(250);

  private static final String BEGAN =
      "SELECT min(started_at) FROM riffle.cdc_snapshots WHERE source = ? AND state = 'DONE'";

  private static final String LAST =
      "SELECT extract(epoch FROM max(pg_xact_commit_timestamp(xmin)) - (%s)) FROM %s";

  private final DataSource target;
  private final String source;
  private final List<String> tables;

  StagedSource(DataSource target, String source, List<String> tables) {
    this.target = target;
    this.source = source;
    this.tables = List.copyOf(tables);
  }

  String schema() {
    return "stg_" + source;
  }

  /** Staging tables for SQL. */
  List<String> names() {
    return tables.stream().map(table -> schema() + "." + table).toList();
  }

  /** From the begin of its snapshot to the last commit of a row, in seconds. */
  double snapshotSeconds(String table) throws SQLException {
    return number(LAST.formatted(BEGAN, schema() + "." + table));
  }

  /**
   * Waits until staging equals the source.
   *
   * @throws LoadException when it does not in time, naming what differs
   */
  void awaitEqual(DataSource origin, Duration patience) throws SQLException, InterruptedException {
    StagingComparison comparison = new StagingComparison(origin, "public", target, schema());
    long deadline = System.nanoTime() + patience.toNanos();
    List<Difference> differences = comparison.differences(tables);
    while (!differences.isEmpty()) {
      requireBefore(deadline, "staging is not as its source: " + differences);
      Thread.sleep(LOOK.toMillis());
      differences = comparison.differences(tables);
    }
  }

  private static void requireBefore(long deadline, String otherwise) {
    if (System.nanoTime() > deadline) {
      throw new LoadException(otherwise);
    }
  }

  private double number(String sql) throws SQLException {
    try (Connection connection = target.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, source);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getDouble(1);
      }
    }
  }
}
