package io.riffle.sink.copy;

import io.riffle.failure.Classified;
import io.riffle.failure.Failure;
import io.riffle.failure.Neighbour;

/**
 * A writer schema does not fit the layouts of this build: nothing may be dropped silently, so the
 * sink stops until it is as new as the writer.
 */
public final class UnknownLayoutException extends RuntimeException implements Classified {
  private static final long serialVersionUID = 1L;

  public UnknownLayoutException(String message) {
    super(message);
  }

  @Override
  public Failure failure() {
    return Failure.of(Neighbour.RIFFLE, "LAYOUT", getMessage());
  }
}
