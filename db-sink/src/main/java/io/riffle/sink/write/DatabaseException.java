package io.riffle.sink.write;

/**
 * A transaction failed and was rolled back. Has no cause on purpose: the driver's exceptions may
 * quote values.
 */
public final class DatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient SqlFailure failure;

  DatabaseException(SqlFailure failure) {
    super(failure.text());
    this.failure = failure;
  }

  public SqlFailure failure() {
    return failure;
  }
}
