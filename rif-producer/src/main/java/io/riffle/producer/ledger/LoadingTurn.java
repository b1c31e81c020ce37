package io.riffle.producer.ledger;

import io.riffle.lease.Lease;
import io.riffle.lease.LeaseElsewhereException;
import io.riffle.lease.LeaseParty;
import io.riffle.lease.LeaseStatus;
import java.util.Optional;

/**
 * Whether it is this deployment's turn to load. A file that another deployment has planned is on
 * that one's topics, and stays unloaded until that one has the lease: so who is not to load does
 * not plan. A lease that is lent, as to another loader, is still the lender's. The scanner takes a
 * free lease, but it is the sink's heartbeats that keep it. For one thread.
 */
public final class LoadingTurn {

  private final Database database;
  private final Optional<LeaseParty> party;
  private boolean taken;

  /**
   * @param deployment empty: it is always this one's turn
   */
  public LoadingTurn(Database database, Optional<String> deployment) {
    this.database = database;
    this.party = deployment.map(name -> LeaseParty.of(name, "scanner", LeaseParty.USUAL_LIFETIME));
  }

  /**
   * Returns when it is.
   *
   * @throws LeaseElsewhereException when it is another deployment's
   */
  public void require() {
    party.ifPresent(this::require);
  }

  private void require(LeaseParty one) {
    LeaseStatus status = database.transaction(LeaseStatus::read);
    if (status.owner().isEmpty()) {
      database.transaction(new Lease(one)::acquire).orElseThrow();
      taken = true;
    } else if (!status.owner().equals(Optional.of(one.holder()))) {
      throw new LeaseElsewhereException(status);
    }
  }

  /** Gives up what it has taken. */
  public void leave() {
    if (taken) {
      taken = false;
      party.map(Lease::new).ifPresent(this::release);
    }
  }

  private void release(Lease lease) {
    database.transaction(
        connection -> {
          lease.release(connection);
          return true;
        });
  }
}
