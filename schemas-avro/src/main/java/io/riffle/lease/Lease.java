package io.riffle.lease;

import io.riffle.lease.LeaseAnswer.Elsewhere;
import io.riffle.lease.LeaseAnswer.Held;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/**
 * The functions of schema {@code riffle} as one party calls them, each in a transaction of its own
 * or in the caller's. Has no state.
 */
public final class Lease {
  /** A condition of a statement, with the token as parameter. */
  public static final String CHECK = "riffle.check_lease(?)";

  private final LeaseParty party;

  public Lease(LeaseParty party) {
    this.party = party;
  }

  /**
   * Asks for the lease as a deployment; when its own processes have it already, for a share in it.
   * Who waits asks again at least every second, in transactions that are committed.
   */
  public LeaseAnswer acquire(Connection connection) throws SQLException {
    return ask(connection, "acquire_lease");
  }

  /**
   * Asks for the lease as a program beside the deployments: it is taken from any of them, when what
   * they have under way is done. Waits for that as long as the session's {@code lock_timeout} says.
   */
  public LeaseAnswer borrow(Connection connection) throws SQLException {
    return ask(connection, "borrow_lease");
  }

  /** Shows others that this party waits. */
  public void announce(Connection connection) throws SQLException {
    try (PreparedStatement statement = call(connection, "SELECT riffle.watch_lease(?, ?)")) {
      statement.execute();
    }
  }

  /**
   * Tells that the party is alive.
   *
   * @return false when the lease is not the one of that token any more
   */
  public boolean renew(Connection connection, long token) throws SQLException {
    try (PreparedStatement statement = call(connection, "SELECT riffle.renew_lease(?, ?, ?)")) {
      statement.setLong(3, token);
      return isTrue(statement);
    }
  }

  /** The party leaves; the lease is free when it was the last one of its holder. */
  public void release(Connection connection) throws SQLException {
    try (PreparedStatement statement = call(connection, "SELECT riffle.release_lease(?, ?)")) {
      statement.execute();
    }
  }

  /**
   * Whether the caller's transaction may write. If so, the lease stays where it is until the
   * transaction ends.
   */
  public static boolean check(Connection connection, long token) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT " + CHECK)) {
      statement.setLong(1, token);
      return isTrue(statement);
    }
  }

  private LeaseAnswer ask(Connection connection, String function) throws SQLException {
    String sql = "SELECT riffle." + function + "(?, ?, make_interval(secs => ?))";
    try (PreparedStatement statement = call(connection, sql)) {
      statement.setDouble(3, party.lifetime().toMillis() / (double) TimeUnit.SECONDS.toMillis(1));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        long token = row.getLong(1);
        return row.wasNull() ? new Elsewhere(LeaseStatus.read(connection)) : new Held(token);
      }
    }
  }

  private PreparedStatement call(Connection connection, String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      statement.setString(1, party.holder());
      statement.setString(2, party.member());
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  private static boolean isTrue(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      return row.next() && row.getBoolean(1);
    }
  }
}
