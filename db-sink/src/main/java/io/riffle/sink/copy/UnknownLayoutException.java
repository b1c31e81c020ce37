package io.riffle.sink.copy;

/**
 * A writer schema does not fit the layouts of this build: nothing may be dropped silently, so the
 * sink stops until it is as new as the writer.
 */
public final class UnknownLayoutException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnknownLayoutException(String message) {
    super(message);
  }
}
