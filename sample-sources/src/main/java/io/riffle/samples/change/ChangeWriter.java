package io.riffle.samples.change;

import io.riffle.samples.SampleSource;
import io.riffle.samples.rows.Draws;
import io.riffle.samples.rows.Identities;
import io.riffle.samples.rows.RowMaker;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.sql.DataSource;

/**
 * Writes seeded changes into tables: by several sessions whose transactions are open at the same
 * time, some long, some rolled back. The same seed gives the same changes, in the same order of
 * commits, when nobody else writes; a later writer with the same seed goes on with others.
 *
 * <p>An {@link SQLException} ends a writer: what was open is rolled back, and a new writer goes on
 * with the rows that there are. Not thread-safe.
 */
public final class ChangeWriter implements AutoCloseable {

  private final ChangePlan plan;
  private final Connection own;
  private final Tables tables;
  private final List<Session> sessions;
  private final SplittableRandom turns;
  private final SchemaChanger schemaChanger;
  private final Pace pace;
  private final Tally tally;
  private long n;

  private ChangeWriter(
      ChangePlan plan,
      Connection own,
      Tables tables,
      List<Session> sessions,
      Draws draws,
      Tally tally) {
    this.plan = plan;
    this.own = own;
    this.tables = tables;
    this.sessions = List.copyOf(sessions);
    this.turns = draws.random("turns", 0);
    this.schemaChanger = new SchemaChanger(own, draws.random("columns", 0));
    this.pace = new Pace(plan.rate());
    this.tally = tally;
    this.n = tables.changesBefore();
  }

  /** All tables of a sample source. */
  public static ChangeWriter open(DataSource database, SampleSource source, ChangePlan plan)
      throws SQLException {
    return open(database, SampleSource.SCHEMA, source.tables(), plan);
  }

  /**
   * Some tables of a schema, at least one of them with a primary key; their columns may have any of
   * the types that sample sources have.
   *
   * @throws SQLException when there is no such table
   */
  public static ChangeWriter open(
      DataSource database, String schema, List<String> names, ChangePlan plan) throws SQLException {
    List<Connection> connections = new ArrayList<>();
    try {
      for (int i = 0; i <= plan.sessions(); i++) {
        connections.add(database.getConnection());
      }
      return open(connections, schema, names, plan);
    } catch (SQLException | RuntimeException e) {
      for (Connection connection : connections) {
        connection.close();
      }
      throw e;
    }
  }

  private static ChangeWriter open(
      List<Connection> connections, String schema, List<String> names, ChangePlan plan)
      throws SQLException {
    Connection own = connections.get(0);
    long run = Runs.next(own);
    Draws draws = new Draws(plan.seed()).of("run " + run);
    Tally tally = new Tally();
    List<Session> sessions = new ArrayList<>();
    for (int i = 0; i < plan.sessions(); i++) {
      int longest = i == 0 && plan.sessions() > 1 ? plan.longest() : 0;
      sessions.add(
          new Session(
              connections.get(i + 1), draws.random("session", i), plan.mix(), longest, tally));
    }
    Tables tables = Tables.read(own, schema, names, new RowMaker(draws, plan.extremes()), run);
    tables.dealTo(sessions, own);
    return new ChangeWriter(plan, own, tables, sessions, draws, tally);
  }

  /**
   * Makes so many changes, those included that are rolled back, and commits what is still open.
   * Schema changes and the truncation of the plan are spread over them.
   *
   * @return all that this writer has done
   * @throws InterruptedException when the thread is told to stop, which is looked at before each
   *     change
   */
  public ChangeReport write(long changes) throws SQLException, InterruptedException {
    long schemaChanges = 0;
    for (long i = 0; i < changes; i++) {
      if (schemaChanges < plan.schemaChanges()
          && i >= changes * (schemaChanges + 1) / (plan.schemaChanges() + 1)) {
        changeSchema();
        schemaChanges++;
      }
      if (i == changes / 2 && plan.truncate().isPresent()) {
        truncate(plan.truncate().get());
      }
      step();
    }
    return finish();
  }

  /** Makes one change; transactions stay open. */
  public void step() throws SQLException, InterruptedException {
    pace.await();
    // the first session has long transactions and gets a quarter of the turns
    int turn = turns.nextInt(4) == 0 ? 0 : turns.nextInt(sessions.size());
    sessions.get(turn).step(++n);
    tally.open((int) sessions.stream().filter(Session::isOpen).count());
  }

  /** Changes the columns of a table. */
  public SchemaChange changeSchema() throws SQLException {
    commitAll(); // open transactions have locks that it would wait for
    SchemaChange change = schemaChanger.change(tables.keyed());
    tally.changed(change);
    return change;
  }

  /**
   * Empties a table.
   *
   * @throws SQLException when it is none of the writer's tables
   */
  public void truncate(String table) throws SQLException {
    commitAll();
    try (Statement statement = own.createStatement()) {
      statement.execute("TRUNCATE " + tables.quoted(table));
    }
    tables.keyed().stream()
        .filter(one -> one.name().equals(table))
        .forEach(one -> sessions.forEach(session -> session.rowsOf(one).clear()));
    tally.count(table, ChangeKind.TRUNCATE);
  }

  /**
   * Commits what is open.
   *
   * @return all that this writer has done
   */
  public ChangeReport finish() throws SQLException {
    commitAll();
    for (KeyedTable table : tables.keyed()) {
      Identities.goOn(own, table.shape());
    }
    return report();
  }

  /** What it has committed until now. */
  public ChangeReport report() {
    return tally.report();
  }

  /** How many changes of rows it has committed until now. */
  public long written() {
    return tally.written();
  }

  /** A moment right before its last commit: the server's time of it is this, or a little later. */
  public Optional<Instant> lastCommit() {
    return tally.lastCommit();
  }

  private void commitAll() throws SQLException {
    for (Session session : sessions) {
      session.commit();
    }
  }

  /** What is open is rolled back. */
  @Override
  public void close() throws SQLException {
    sessions.forEach(Session::close);
    own.close();
  }
}
