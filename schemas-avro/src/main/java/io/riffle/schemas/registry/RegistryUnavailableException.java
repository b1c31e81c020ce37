package io.riffle.schemas.registry;

import io.riffle.failure.Classified;
import io.riffle.failure.Failure;
import io.riffle.failure.HttpFailures;
import io.riffle.failure.Neighbour;

/**
 * The registry did not answer, or not as a registry would: retries are used up. Says nothing about
 * the record at hand; pause and try again.
 */
public final class RegistryUnavailableException extends RegistryException implements Classified {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  /** No answer. */
  public RegistryUnavailableException(String message, Throwable cause) {
    super(message, cause);
    this.failure = Failure.noAnswer(Neighbour.REGISTRY, message);
  }

  /** An answer, but none that helps. */
  RegistryUnavailableException(String message, int status, Throwable cause) {
    super(message, cause);
    this.failure = HttpFailures.of(Neighbour.REGISTRY, status, message);
  }

  @Override
  public Failure failure() {
    return failure;
  }
}
