package io.riffle.schemas.registry;

/** The registry refuses to register a schema: incompatible with earlier versions, or invalid. */
public final class SchemaRejectedException extends RegistryException {
  private static final long serialVersionUID = 1L;

  public SchemaRejectedException(String subject, String reason) {
    super("subject " + subject + ": " + reason, null);
  }
}
