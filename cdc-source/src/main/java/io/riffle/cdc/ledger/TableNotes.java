package io.riffle.cdc.ledger;

import io.riffle.cdc.source.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What became of captured tables, in {@code riffle.cdc_tables}, on the caller's connection. */
public final class TableNotes {
  private final Connection connection;

  public TableNotes(Connection connection) {
    this.connection = connection;
  }

  /**
   * A streamed table.
   *
   * @param relation its oid in the source when it was last read; none: not known yet
   * @param lost why changes of it may be missing until it is read again
   */
  public record Note(TableName name, Optional<Long> relation, Optional<String> lost) {}

  /** Of the tables of the epoch that are streamed, by name; reloads read what there is. */
  public List<Note> streamed(String source) throws SQLException {
    List<Note> notes = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT schema_name, table_name, relation, lost FROM riffle.cdc_tables"
                + " WHERE source = ? AND key_columns <> '{}' ORDER BY 1, 2")) {
      query.setString(1, source);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          notes.add(
              new Note(
                  new TableName(row.getString(1), row.getString(2)),
                  Optional.ofNullable(row.getObject(3, Long.class)),
                  Optional.ofNullable(row.getString(4))));
        }
      }
    }
    return notes;
  }

  /** It is this one in the source, which has been streamed since the epoch began. */
  public void known(String source, TableName table, long relation) throws SQLException {
    update("relation = ?", relation, source, table);
  }

  /** All of its rows are read from now on, and all of its changes streamed. */
  public void read(String source, TableName table, long relation) throws SQLException {
    update("lost = NULL, relation = ?", relation, source, table);
  }

  /**
   * Changes of it may be missing.
   *
   * @param why what became of it; never a value
   */
  public void lost(String source, TableName table, String why) throws SQLException {
    update("lost = ?", why, source, table);
  }

  private void update(String what, Object value, String source, TableName table)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE riffle.cdc_tables SET "
                + what
                + " WHERE source = ? AND schema_name = ? AND table_name = ?")) {
      update.setObject(1, value);
      update.setString(2, source);
      update.setString(3, table.schema());
      update.setString(4, table.table());
      update.executeUpdate();
    }
  }
}
