package io.riffle.sink.write;

import io.riffle.failure.Classified;
import io.riffle.failure.Failure;
import io.riffle.sink.record.Blamed;

/**
 * A transaction failed and was rolled back. Has no cause on purpose: the driver's exceptions may
 * quote values.
 */
public final class DatabaseException extends RuntimeException implements Classified {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;
  private final transient Blamed blamed;

  DatabaseException(Failure failure) {
    this(failure, Blamed.NOTHING);
  }

  DatabaseException(Failure failure, Blamed blamed) {
    super(failure.text());
    this.failure = failure;
    this.blamed = blamed;
  }

  @Override
  public Failure failure() {
    return failure;
  }

  /** What of the table the refused record does not fit. */
  public Blamed blamed() {
    return blamed;
  }
}
