package io.riffle.producer.ledger;

import io.riffle.producer.manifest.ClaimedIds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Searches the tables of record for ids that a synthetic set says are its own. */
public final class IdSearch {

  private final Database database;

  public IdSearch(Database database) {
    this.database = database;
  }

  /**
   * Searches all tables that the database has, as far as they are committed.
   *
   * @param atMost how long all of it may take
   * @return what was found, none when the set may be loaded; empty if the time was over
   * @throws LedgerUnavailableException when the database is away
   */
  public Optional<List<Collision>> search(ClaimedIds ids, Duration atMost) {
    long until = System.nanoTime() + atMost.toNanos();
    try {
      return Optional.of(database.transaction(connection -> search(connection, ids, until)));
    } catch (LedgerUnavailableException e) {
      if (e.isTimeout()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private List<Collision> search(Connection connection, ClaimedIds ids, long until)
      throws SQLException {
    Set<String> tables = tables(connection);
    List<Collision> collisions = new ArrayList<>();
    for (Probe probe : Probes.of(ids)) {
      if (tables.contains(probe.table())) {
        limit(connection, until);
        collisions.addAll(ask(connection, probe));
      }
    }
    return collisions;
  }

  private List<Collision> ask(Connection connection, Probe probe) throws SQLException {
    String sql = probe.sql(database.tables());
    List<Collision> collisions = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 1; i <= probe.parameters(sql); i++) {
        select.setString(i, probe.text().orElseThrow());
      }
      ResultSet row = select.executeQuery();
      row.next();
      for (int i = 0; i < probe.checks().size(); i++) {
        if (row.getBoolean(i + 1)) {
          collisions.add(new Collision(probe.checks().get(i), probe.table()));
        }
      }
    }
    return collisions;
  }

  private Set<String> tables(Connection connection) throws SQLException {
    String sql = "SELECT table_name FROM information_schema.tables WHERE table_schema = ?";
    Set<String> tables = new HashSet<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, database.tables());
      ResultSet rows = select.executeQuery();
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  /** 0 would be no limit. */
  private static void limit(Connection connection, long until) throws SQLException {
    long left = Math.max(1, Duration.ofNanos(until - System.nanoTime()).toMillis());
    try (Statement set = connection.createStatement()) {
      set.execute(String.format(Locale.ROOT, "SET LOCAL statement_timeout = %d", left));
    }
  }
}
