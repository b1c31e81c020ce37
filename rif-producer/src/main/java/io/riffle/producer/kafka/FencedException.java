package io.riffle.producer.kafka;

import io.riffle.failure.Classified;
import io.riffle.failure.Failure;
import io.riffle.failure.Neighbour;

/** Another process has taken over this transactional id: this one must end. */
public final class FencedException extends RuntimeException implements Classified {
  private static final long serialVersionUID = 1L;

  public FencedException(String transactionalId, Throwable cause) {
    super("another process has taken over as " + transactionalId + "; this one ends", cause);
  }

  @Override
  public Failure failure() {
    return Failure.of(Neighbour.RIFFLE, "FENCED", getMessage());
  }
}
