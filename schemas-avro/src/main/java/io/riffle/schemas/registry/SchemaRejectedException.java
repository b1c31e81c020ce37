package io.riffle.schemas.registry;

import io.riffle.failure.Classified;
import io.riffle.failure.Failure;
import io.riffle.failure.HttpFailures;
import io.riffle.failure.Neighbour;

/** The registry refuses to register a schema: incompatible with earlier versions, or invalid. */
public final class SchemaRejectedException extends RegistryException implements Classified {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  SchemaRejectedException(String subject, Reply reply) {
    super("subject " + subject + ": " + reply.summary(), null);
    this.failure = HttpFailures.of(Neighbour.REGISTRY, reply.status(), getMessage());
  }

  @Override
  public Failure failure() {
    return failure;
  }
}
