package io.riffle.schemas.registry;

/** A healthy registry has no Avro schema with this id: the record is bad, not the registry. */
public final class UnknownSchemaException extends RegistryException {
  private static final long serialVersionUID = 1L;

  private final int id;

  public UnknownSchemaException(int id, String reason) {
    super("schema id " + id + ": " + reason, null);
    this.id = id;
  }

  /** The id that was asked for. */
  public int id() {
    return id;
  }
}
