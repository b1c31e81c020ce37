package io.riffle.samples.change;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** A connection with at most one open transaction, and the rows that it alone changes. */
final class Session {

  private static final int ROLLBACK_ONE_IN = 20;
  private static final int SHORT = 8;

  private final Connection connection;
  private final RowSql sql;
  private final RowChanges changes;
  private final SplittableRandom random;
  private final Mix mix;
  private final int longest;
  private final Tally tally;
  private final Map<KeyedTable, OwnRows> rows = new LinkedHashMap<>();
  private final List<KeylessTable> keyless = new ArrayList<>();
  private final List<Undo> open = new ArrayList<>();
  private int planned;

  /**
   * @param longest changes of a transaction; 0 for a few
   */
  Session(Connection connection, SplittableRandom random, Mix mix, int longest, Tally tally)
      throws SQLException {
    this.connection = connection;
    this.sql = new RowSql(connection);
    this.changes = new RowChanges(sql, random);
    this.random = random;
    this.mix = mix;
    this.longest = longest;
    this.tally = tally;
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET lock_timeout = '30s'"); // somebody else's lock may not hang us
    }
    connection.commit();
  }

  OwnRows rowsOf(KeyedTable table) {
    return rows.computeIfAbsent(table, first -> new OwnRows());
  }

  void own(KeylessTable table) {
    keyless.add(table);
  }

  boolean isOpen() {
    return !open.isEmpty();
  }

  /** Makes change n; the transaction may begin or end with it. */
  void step(long n) throws SQLException {
    if (open.isEmpty()) {
      planned = longest == 0 ? random.nextInt(1, SHORT + 1) : random.nextInt(longest / 4, longest);
    }
    change(n).ifPresent(open::add);
    if (open.size() >= planned) {
      end(random.nextInt(ROLLBACK_ONE_IN) == 0);
    }
  }

  private Optional<Undo> change(long n) throws SQLException {
    int chosen = random.nextInt(rows.size() + keyless.size());
    ChangeKind kind = mix.draw(random);
    if (chosen >= rows.size()) {
      return keyless.get(chosen - rows.size()).change(connection, sql, kind, n, random);
    }
    KeyedTable table = List.copyOf(rows.keySet()).get(chosen);
    return changes.change(table, rows.get(table), kind, n);
  }

  /** Commits what is open. */
  void commit() throws SQLException {
    end(false);
  }

  private void end(boolean rollBack) throws SQLException {
    if (rollBack) {
      connection.rollback();
      for (int i = open.size() - 1; i >= 0; i--) {
        open.get(i).forget().run();
      }
      tally.rolledBack();
    } else {
      Instant asked = Instant.now();
      connection.commit();
      if (isOpen()) {
        tally.committed(open, asked);
      }
    }
    open.clear();
  }

  /** What is open is rolled back by the server. */
  void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // it was broken before, which its user has seen
    }
  }
}
