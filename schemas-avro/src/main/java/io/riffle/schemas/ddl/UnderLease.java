package io.riffle.schemas.ddl;

import io.riffle.lease.HeldLease;
import io.riffle.lease.Lease;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Checks the lease's token in each migration's transaction, which Flyway opens before it says that
 * the migration begins. A long one needs no heartbeat meanwhile: while its transaction is under
 * way, nobody is given the lease.
 */
final class UnderLease implements Callback {
  private final HeldLease lease;

  UnderLease(HeldLease lease) {
    this.lease = lease;
  }

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_EACH_MIGRATE;
  }

  @Override
  public boolean canHandleInTransaction(Event event, Context context) {
    return true;
  }

  @Override
  public void handle(Event event, Context context) {
    try {
      if (!lease.renew() || !Lease.check(context.getConnection(), lease.token())) {
        throw new FlywayException("the lease was taken over; nothing of this migration was done");
      }
    } catch (SQLException e) {
      throw new FlywayException("the lease cannot be checked", e);
    }
  }

  @Override
  public String getCallbackName() {
    return "under-lease";
  }
}
