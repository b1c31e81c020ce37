package io.riffle.sink.offsets;

import io.riffle.failure.Classified;
import io.riffle.failure.Failure;
import io.riffle.failure.Neighbour;

/** The stored offset does not fit the log: an operator has to decide. Names the remedy. */
public final class PositionException extends RuntimeException implements Classified {
  private static final long serialVersionUID = 1L;

  PositionException(String message) {
    super(message);
  }

  @Override
  public Failure failure() {
    return Failure.of(Neighbour.RIFFLE, "LOG_CHANGED", getMessage());
  }
}
