package io.riffle.sink.write;

import io.riffle.schemas.layout.Layout;
import io.riffle.sink.record.Incoming.RowChange;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Writes the changes of one type as the sink does, in a transaction of the caller's: no row goes
 * back to an older version. Moves no offset, counts nothing and takes no lock of the type, so it is
 * for tables that nobody else writes.
 */
public final class GuardedRows {
  private final Layout layout;
  private final TypeWriter writer;

  /**
   * For copies of a layout's tables.
   *
   * @param schema where they are
   * @param deletedKeys the table, with its schema, that remembers their deletes
   */
  public GuardedRows(Layout layout, String schema, String deletedKeys) {
    this.layout = layout;
    this.writer = new TypeWriter(layout, schema, deletedKeys);
  }

  /** Makes a session ready; in a transaction that is committed before rows are written. */
  public void prepare(Connection connection) throws SQLException {
    writer.createStaging(connection);
  }

  /** Writes the newest change of each key. */
  public void write(Connection connection, List<RowChange> changes) throws SQLException {
    if (!changes.isEmpty()) {
      writer.write(connection, new TypeBatch(layout, changes));
    }
  }
}
