package io.riffle.producer.s3;

/** There is no such object (any more). */
public final class ObjectMissingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ObjectMissingException(String key) {
    super("no object " + key);
  }
}
