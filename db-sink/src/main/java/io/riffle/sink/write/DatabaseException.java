package io.riffle.sink.write;

import io.riffle.failure.Classified;
import io.riffle.failure.Failure;

/**
 * A transaction failed and was rolled back. Has no cause on purpose: the driver's exceptions may
 * quote values.
 */
public final class DatabaseException extends RuntimeException implements Classified {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  DatabaseException(Failure failure) {
    super(failure.text());
    this.failure = failure;
  }

  @Override
  public Failure failure() {
    return failure;
  }
}
