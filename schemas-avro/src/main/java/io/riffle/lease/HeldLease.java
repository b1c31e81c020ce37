package io.riffle.lease;

import io.riffle.lease.LeaseAnswer.Elsewhere;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * The lease for the length of one task, given back when it is closed. Whoever takes longer than a
 * third of its lifetime renews it. Each call uses a connection of its own. Thread-safe.
 */
public final class HeldLease implements AutoCloseable {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  /** A wait for a lock cannot be interrupted. */
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

  private static final String LOCK_NOT_GIVEN = "55P03";

  private final DataSource database;
  private final Lease lease;
  private final long token;

  private HeldLease(DataSource database, Lease lease, long token) {
    this.database = database;
    this.lease = lease;
    this.token = token;
  }

  private interface Ask {
    LeaseAnswer on(Connection connection) throws SQLException;
  }

  /**
   * Waits for the lease, as a deployment.
   *
   * @throws LeaseElsewhereException when it is still with somebody else at the end of the patience
   */
  public static HeldLease acquire(DataSource database, LeaseParty party, Duration patience)
      throws SQLException, InterruptedException {
    Lease lease = new Lease(party);
    return await(database, lease, patience, lease::acquire);
  }

  /**
   * Takes the lease from whichever deployment has it, when what is under way is done; waits for
   * other borrowers.
   *
   * @throws LeaseElsewhereException when it was not to be had at the end of the patience
   */
  public static HeldLease borrow(DataSource database, LeaseParty party, Duration patience)
      throws SQLException, InterruptedException {
    Lease lease = new Lease(party);
    long end = System.nanoTime() + patience.toNanos();
    try (Connection connection = database.getConnection()) {
      lease.announce(connection);
    }
    return await(database, lease, patience, connection -> borrow(connection, lease, end));
  }

  private static LeaseAnswer borrow(Connection connection, Lease lease, long end)
      throws SQLException {
    long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
    long wait = Math.max(1, Math.min(left, LONGEST_LOOK.toMillis()));
    set(connection, "lock_timeout", Long.toString(wait));
    // A program that is killed while it waits must not get the lease afterwards.
    set(connection, "client_connection_check_interval", "1s");
    try {
      return lease.borrow(connection);
    } catch (SQLException e) {
      if (LOCK_NOT_GIVEN.equals(e.getSQLState())) {
        return new Elsewhere(LeaseStatus.read(connection));
      }
      throw e;
    }
  }

  private static HeldLease await(DataSource database, Lease lease, Duration patience, Ask ask)
      throws SQLException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    try {
      while (true) {
        LeaseAnswer answer = ask(database, ask);
        if (!(answer instanceof Elsewhere) || System.nanoTime() - end >= 0) {
          return new HeldLease(database, lease, answer.orElseThrow());
        }
        Thread.sleep(LOOK_AGAIN.toMillis());
      }
    } catch (LeaseElsewhereException | InterruptedException e) {
      release(database, lease);
      throw e;
    }
  }

  private static LeaseAnswer ask(DataSource database, Ask ask) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return ask.on(connection);
    }
  }

  private static void set(Connection connection, String setting, String value) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT set_config(?, ?, false)")) {
      statement.setString(1, setting);
      statement.setString(2, value);
      statement.execute();
    }
  }

  /** What a transaction says to {@code riffle.check_lease}. */
  public long token() {
    return token;
  }

  /**
   * Tells that the holder is alive.
   *
   * @return false when somebody else has the lease by now
   */
  public boolean renew() throws SQLException {
    try (Connection connection = database.getConnection()) {
      return lease.renew(connection, token);
    }
  }

  @Override
  public void close() throws SQLException {
    release(database, lease);
  }

  private static void release(DataSource database, Lease lease) throws SQLException {
    try (Connection connection = database.getConnection()) {
      lease.release(connection);
    }
  }
}
