package io.riffle.producer.s3;

/** The object has another ETag than the one that was asked for. */
public final class ObjectChangedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ObjectChangedException(String key) {
    super("another object " + key + " than before");
  }
}
