package io.riffle.sink;

import io.riffle.lease.Lease;
import io.riffle.lease.LeaseElsewhereException;
import io.riffle.lease.LeaseParty;
import io.riffle.lease.LeaseStatus;
import io.riffle.sink.write.Database;
import io.riffle.sink.write.DatabaseException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The share of a task, or of a replay, in the lease of its deployment. Renewed between batches,
 * never beside one: while a transaction is under way that has checked the token, nobody else is
 * given the lease. One thread.
 */
public final class TaskLease {
  private static final Logger LOG = LoggerFactory.getLogger(TaskLease.class);
  private static final Duration NOTHING_TO_RENEW = Duration.ofMinutes(1);

  private final Database database;
  private final Lease lease;
  private final Duration renewal;
  private final Clock clock;
  private OptionalLong token = OptionalLong.empty();
  private Instant due = Instant.EPOCH;

  /**
   * @param clock says when to renew, nothing else
   */
  public TaskLease(Database database, LeaseParty party, Clock clock) {
    this.database = database;
    this.lease = new Lease(party);
    this.renewal = party.renewal();
    this.clock = clock;
  }

  /**
   * Sees to it that the task has the lease, as far as is known without asking each time.
   *
   * @return whether it came only now, so that somebody else may have written before
   * @throws LeaseElsewhereException when somebody else has it
   * @throws DatabaseException when the database does not answer
   */
  public boolean hold() {
    if (token.isPresent() && (!isDue() || renew())) {
      return false;
    }
    token = OptionalLong.empty();
    long got = database.transaction(lease::acquire).orElseThrow();
    token = OptionalLong.of(got);
    due = clock.instant().plus(renewal);
    LOG.atInfo().addKeyValue("token", got).log("has the lease");
    return true;
  }

  /** For times when nothing else is done, because another neighbour is away. */
  public void keep() {
    if (token.isEmpty() || !isDue()) {
      return;
    }
    due = clock.instant().plus(renewal);
    // A session that broke must be seen by who works with it: none is opened here.
    if (database.connected()) {
      try {
        renew();
      } catch (DatabaseException e) {
        LOG.atDebug().addKeyValue("reason", e.getMessage()).log("the lease was not renewed");
      }
    }
  }

  /** The one that transactions check; 0, which is none, where the lease was not got. */
  public long token() {
    return token.orElse(0);
  }

  /** How long the task may wait without a look at the lease that it has. */
  Duration untilRenewal() {
    if (token.isEmpty()) {
      return NOTHING_TO_RENEW;
    }
    Duration left = Duration.between(clock.instant(), due);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** A transaction found another token: the next use asks again. */
  public void distrust() {
    token = OptionalLong.empty();
  }

  /**
   * The check as a statement of a transaction.
   *
   * @throws LeaseElsewhereException when somebody else has it, or had it meanwhile
   */
  void check(Connection connection) throws SQLException {
    if (!Lease.check(connection, token())) {
      distrust();
      throw new LeaseElsewhereException(LeaseStatus.read(connection));
    }
  }

  /** The task ends. Where the database does not answer, others find out by the silence. */
  public void leave() {
    if (!database.connected()) {
      return;
    }
    try {
      database.transaction(
          connection -> {
            lease.release(connection);
            return true;
          });
    } catch (DatabaseException e) {
      LOG.atInfo().addKeyValue("reason", e.getMessage()).log("the lease was not given back");
    }
    distrust();
  }

  private boolean isDue() {
    return !clock.instant().isBefore(due);
  }

  private boolean renew() {
    due = clock.instant().plus(renewal);
    return database.transaction(connection -> lease.renew(connection, token()));
  }
}
