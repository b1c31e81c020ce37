package io.riffle.cdc.ledger;

import io.riffle.cdc.source.CapturedTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** What begins an epoch in the ledger, on the caller's connection. */
public final class EpochRows {
  private final Connection connection;

  public EpochRows(Connection connection) {
    this.connection = connection;
  }

  /**
   * The next epoch begins: what the one before had open is cancelled.
   *
   * @return its number
   */
  public int begin(String name) throws SQLException {
    update(
        "UPDATE riffle.cdc_snapshots SET state = 'CANCELLED', ended_at = now(), detail = 'a new epoch began'"
            + " WHERE source = ? AND state IN ('REQUESTED', 'RUNNING')",
        name);
    // one that was begun and never got a slot has done nothing under its number
    try (PreparedStatement statement =
        connection.prepareStatement(
            "WITH next AS (INSERT INTO riffle.cdc_epochs AS e VALUES (?, 1) ON CONFLICT (source) DO UPDATE"
                + " SET epoch = e.epoch + CASE WHEN EXISTS (SELECT FROM riffle.cdc_sources s WHERE s.source = e.source"
                + " AND s.epoch = e.epoch AND s.slot_lsn IS NULL) THEN 0 ELSE 1 END RETURNING epoch)"
                + " UPDATE riffle.cdc_sources SET epoch = next.epoch, slot_lsn = NULL, system_identifier = NULL,"
                + " timeline = NULL FROM next WHERE source = ? RETURNING cdc_sources.epoch")) {
      statement.setString(1, name);
      statement.setString(2, name);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  /** The epoch has its slot: its tables are these. */
  public void began(String name, CapturedSource.Made made, List<CapturedTable> tables)
      throws SQLException {
    update(
        "UPDATE riffle.cdc_sources SET new_epoch = EXISTS (SELECT FROM riffle.cdc_epochs e"
            + " WHERE e.source = cdc_sources.source AND e.epoch > cdc_sources.epoch),"
            + " system_identifier = ?, timeline = ?, slot_lsn = ?"
            + " WHERE source = ?",
        made.system(),
        made.timeline(),
        made.slotLsn(),
        name);
    update("DELETE FROM riffle.cdc_tables WHERE source = ?", name);
    for (CapturedTable table : tables) {
      update(
          "INSERT INTO riffle.cdc_tables (source, schema_name, table_name, key_columns, generated_columns)"
              + " VALUES (?, ?, ?, ?, ?)",
          name,
          table.name().schema(),
          table.name().table(),
          connection.createArrayOf("text", table.key().toArray()),
          connection.createArrayOf("text", table.generated().toArray()));
    }
  }

  private void update(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }
}
