package io.riffle.schemas.registry;

/** A registry call did not give what was asked for; the subtype tells whose fault it is. */
public abstract sealed class RegistryException extends RuntimeException
    permits RegistryUnavailableException, SchemaRejectedException, UnknownSchemaException {
  private static final long serialVersionUID = 1L;

  RegistryException(String message, Throwable cause) {
    super(message, cause);
  }
}
