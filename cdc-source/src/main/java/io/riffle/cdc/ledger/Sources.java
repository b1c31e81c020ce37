package io.riffle.cdc.ledger;

import io.riffle.cdc.source.CapturedTable;
import io.riffle.cdc.source.SourceSpec;
import io.riffle.cdc.source.SourceUrl;
import io.riffle.cdc.source.TableName;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Rows of {@code riffle.cdc_sources} and {@code riffle.cdc_tables}, on the caller's connection. */
public final class Sources {
  private static final String COLUMNS =
      "source, url, username, secret, tables, chunk_rows, reload_seconds, declared, wanted, drop_staging,"
          + " new_epoch, state, reason, state_since, epoch, system_identifier, timeline, slot_lsn, notified, rules";

  private final Connection connection;

  public Sources(Connection connection) {
    this.connection = connection;
  }

  /** All sources, by name. */
  public List<CapturedSource> all() throws SQLException {
    List<CapturedSource> sources = new ArrayList<>();
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT " + COLUMNS + " FROM riffle.cdc_sources ORDER BY source");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        sources.add(source(rows));
      }
    }
    return sources;
  }

  public Optional<CapturedSource> find(String name) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT " + COLUMNS + " FROM riffle.cdc_sources WHERE source = ?")) {
      query.setString(1, name);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? Optional.of(source(rows)) : Optional.empty();
      }
    }
  }

  /**
   * Adds a source; cdc-source makes the rest.
   *
   * @return false when there is one of that name
   */
  public boolean add(SourceSpec spec, boolean declared, String by) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO riffle.cdc_sources (url, username, secret, tables, chunk_rows, reload_seconds,"
                + " declared, source, added_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT DO NOTHING")) {
      fill(insert, spec, declared);
      insert.setString(9, by);
      return insert.executeUpdate() == 1;
    }
  }

  /** What a source is to be from now on; other tables, or another database, want a new epoch. */
  public void redeclare(SourceSpec spec) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE riffle.cdc_sources SET new_epoch = new_epoch OR url <> ? OR NOT (tables @> ? AND tables <@ ?),"
                + " url = ?, username = ?, secret = ?, tables = ?, chunk_rows = ?, reload_seconds = ?, declared = ?"
                + " WHERE source = ?")) {
      update.setString(1, spec.url().jdbc());
      update.setArray(2, texts(spec.tables()));
      update.setArray(3, texts(spec.tables()));
      update.setString(4, spec.url().jdbc());
      update.setString(5, spec.user());
      update.setString(6, spec.secret());
      update.setArray(7, texts(spec.tables()));
      update.setInt(8, spec.chunkRows());
      update.setInt(9, Math.toIntExact(spec.reload().toSeconds()));
      update.setBoolean(10, true);
      update.setString(11, spec.name());
      update.executeUpdate();
    }
  }

  private void fill(PreparedStatement statement, SourceSpec spec, boolean declared)
      throws SQLException {
    statement.setString(1, spec.url().jdbc());
    statement.setString(2, spec.user());
    statement.setString(3, spec.secret());
    statement.setArray(4, texts(spec.tables()));
    statement.setInt(5, spec.chunkRows());
    statement.setInt(6, Math.toIntExact(spec.reload().toSeconds()));
    statement.setBoolean(7, declared);
    statement.setString(8, spec.name());
  }

  private Array texts(List<TableName> tables) throws SQLException {
    return connection.createArrayOf("text", tables.stream().map(TableName::toString).toArray());
  }

  /** A source is in {@code cdc.yaml} no more. */
  public void undeclare(String name) throws SQLException {
    update("UPDATE riffle.cdc_sources SET declared = false WHERE source = ?", name);
  }

  /** How its columns are hidden; its connector is configured anew. */
  public void rules(String name, String rules) throws SQLException {
    update("UPDATE riffle.cdc_sources SET rules = ? WHERE source = ?", rules, name);
  }

  public void want(String name, Wanted wanted) throws SQLException {
    update("UPDATE riffle.cdc_sources SET wanted = ? WHERE source = ?", wanted.name(), name);
  }

  /** Its slot, its topics and, if asked for, its staging tables are taken away. */
  public void wantRemoved(String name, boolean dropStaging) throws SQLException {
    update(
        "UPDATE riffle.cdc_sources SET wanted = 'REMOVED', drop_staging = ? WHERE source = ?",
        dropStaging,
        name);
  }

  public void wantNewEpoch(String name) throws SQLException {
    update("UPDATE riffle.cdc_sources SET new_epoch = true WHERE source = ?", name);
  }

  /** Tells how the source is. */
  public void state(String name, SourceState state, Optional<String> reason) throws SQLException {
    update(
        "UPDATE riffle.cdc_sources SET state_since = CASE WHEN state = ? THEN state_since ELSE now() END,"
            + " state = ?, reason = ? WHERE source = ? AND (state, coalesce(reason, '')) IS DISTINCT FROM (?, ?)",
        state.name(),
        state.name(),
        reason.orElse(null),
        name,
        state.name(),
        reason.orElse(""));
  }

  /** The tables of the epoch, by name. */
  public List<CapturedTable> tables(String name) throws SQLException {
    List<CapturedTable> tables = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT schema_name, table_name, key_columns, generated_columns FROM riffle.cdc_tables WHERE source = ? ORDER BY 1, 2")) {
      query.setString(1, name);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          tables.add(
              new CapturedTable(
                  new TableName(rows.getString(1), rows.getString(2)),
                  List.of((String[]) rows.getArray(3).getArray()),
                  List.of((String[]) rows.getArray(4).getArray()),
                  0));
        }
      }
    }
    return tables;
  }

  /** The source is gone, with all that is known of it. */
  public void delete(String name) throws SQLException {
    update("DELETE FROM riffle.cdc_sources WHERE source = ?", name);
  }

  /**
   * A new epoch is wanted whose number is above a given one, for rows of that one are in the
   * tables.
   */
  public void wantEpochAbove(String name, int epoch) throws SQLException {
    update(
        "WITH raised AS (INSERT INTO riffle.cdc_epochs AS e VALUES (?, ?) ON CONFLICT (source) DO UPDATE"
            + " SET epoch = greatest(e.epoch, excluded.epoch))"
            + " UPDATE riffle.cdc_sources SET new_epoch = true WHERE source = ?",
        name,
        epoch,
        name);
  }

  public void notified(String name, long next) throws SQLException {
    update("UPDATE riffle.cdc_sources SET notified = ? WHERE source = ?", next, name);
  }

  /** Stands for values that a source did not send, in all events of the deployment. */
  public String placeholder() throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement("SELECT placeholder FROM riffle.cdc_placeholder");
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getString(1);
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

  private static CapturedSource source(ResultSet row) throws SQLException {
    SourceSpec spec =
        new SourceSpec(
            row.getString("source"),
            SourceUrl.parse(row.getString("url")),
            row.getString("username"),
            row.getString("secret"),
            Arrays.stream((String[]) row.getArray("tables").getArray())
                .map(TableName::parse)
                .toList(),
            row.getInt("chunk_rows"),
            Duration.ofSeconds(row.getInt("reload_seconds")));
    long slotLsn = row.getLong("slot_lsn");
    boolean made = !row.wasNull();
    return new CapturedSource(
        spec,
        row.getBoolean("declared"),
        Wanted.valueOf(row.getString("wanted")),
        row.getBoolean("drop_staging"),
        row.getBoolean("new_epoch"),
        SourceState.valueOf(row.getString("state")),
        Optional.ofNullable(row.getString("reason")),
        row.getTimestamp("state_since").toInstant(),
        row.getInt("epoch"),
        made
            ? Optional.of(
                new CapturedSource.Made(
                    row.getString("system_identifier"), row.getInt("timeline"), slotLsn))
            : Optional.empty(),
        row.getLong("notified"),
        Optional.ofNullable(row.getString("rules")));
  }
}
