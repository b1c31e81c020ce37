package io.riffle.lease;

import io.riffle.failure.Classified;
import io.riffle.failure.Failure;
import io.riffle.failure.Neighbour;

/** Somebody else has the lease: nothing may be written until that ends. */
public final class LeaseElsewhereException extends RuntimeException implements Classified {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  public LeaseElsewhereException(LeaseStatus status) {
    super("the lease is " + status.whereItIs());
    this.failure = Failure.of(Neighbour.RIFFLE, "LEASE", getMessage());
  }

  @Override
  public Failure failure() {
    return failure;
  }
}
