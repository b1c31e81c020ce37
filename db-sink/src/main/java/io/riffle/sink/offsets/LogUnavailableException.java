package io.riffle.sink.offsets;

import io.riffle.failure.Classified;
import io.riffle.failure.Failure;
import io.riffle.failure.Failures;
import io.riffle.failure.Neighbour;

/** The brokers do not answer, or not what was asked: wait and ask again. */
public final class LogUnavailableException extends RuntimeException implements Classified {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  public LogUnavailableException(String message, Throwable cause) {
    super(message, cause);
    this.failure = Failures.of(cause).orElseGet(() -> Failure.noAnswer(Neighbour.KAFKA, message));
  }

  @Override
  public Failure failure() {
    return failure;
  }
}
