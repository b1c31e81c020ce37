package io.riffle.schemas.registry;

/**
 * The registry did not answer, or not as a registry would: retries are used up. Says nothing about
 * the record at hand; pause and try again.
 */
public final class RegistryUnavailableException extends RegistryException {
  private static final long serialVersionUID = 1L;

  public RegistryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
