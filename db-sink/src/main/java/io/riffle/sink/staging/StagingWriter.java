package io.riffle.sink.staging;

import io.riffle.sink.meter.RowCounts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes change events into staging tables, within a transaction of its caller's. Keeps in memory
 * what the tables look like; a transaction of which {@link #committed} was not told is forgotten.
 * One thread.
 */
public final class StagingWriter {
  /** The advisory lock of a table, for the sink and others that write to it. */
  private static final String LOCK =
      "SELECT pg_advisory_xact_lock(hashtext('riffle'), hashtext(?))";

  private final Map<CapturedTable, SettledTable> settled = new HashMap<>();
  private final Labels labels = new Labels();
  private final Alterations alterations = new Alterations();
  private Connection session;
  private boolean doubtful;

  /**
   * Makes what cannot be made in the transaction of the rows: a label of an enum may not be used in
   * the transaction that added it. Commits.
   *
   * @throws HaltedTableException when that fails for a table's own reasons
   */
  public void prepare(Connection connection, List<StagingBatch> batches) throws SQLException {
    if (connection != session || doubtful) {
      session = connection;
      settled.clear();
      labels.clear();
      doubtful = false;
    }
    doubtful = true;
    for (StagingBatch batch : batches) {
      try {
        labels.add(connection, batch);
      } catch (SQLException e) {
        throw TableTrouble.of(batch, e);
      }
    }
    doubtful = false;
  }

  /** The transaction of the last {@link #write} is committed. */
  public void committed() {
    doubtful = false;
  }

  /**
   * Writes the events.
   *
   * @param counts what became of them is added here
   * @throws HaltedTableException when a table cannot follow its source, or is in the way itself
   */
  public void write(Connection connection, List<StagingBatch> batches, RowCounts counts)
      throws SQLException {
    doubtful = true;
    List<StagingBatch> ordered = new ArrayList<>(batches);
    ordered.sort(Comparator.comparing(batch -> batch.table().toString()));
    for (StagingBatch batch : ordered) {
      try {
        lock(connection, batch.table());
        RowCounts.OfTable rows = counts.of(batch.table().toString());
        new OneTable(connection, settled, alterations, batch, rows).write();
      } catch (SQLException e) {
        throw TableTrouble.of(batch, e);
      }
    }
  }

  /** Notes why nothing of a table is written for now. */
  public static void stop(Connection connection, CapturedTable table, String topic, String reason)
      throws SQLException {
    new StagingTables(connection).stop(table, topic, reason);
  }

  private static void lock(Connection connection, CapturedTable table) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setString(1, table.toString());
      statement.execute();
    }
  }
}
