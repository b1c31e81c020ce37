package io.riffle.producer.kafka;

/** Another process has taken over this transactional id: this one must end. */
public final class FencedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public FencedException(String transactionalId, Throwable cause) {
    super("another process has taken over as " + transactionalId + "; this one ends", cause);
  }
}
