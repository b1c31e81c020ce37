package io.riffle.sink.rebuild;

/** The tables could not be exchanged now; a later try may do it. */
final class LaterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LaterException(String message) {
    super(message);
  }
}
