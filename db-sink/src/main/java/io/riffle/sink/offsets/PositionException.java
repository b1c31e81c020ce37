package io.riffle.sink.offsets;

/** The stored offset does not fit the log: an operator has to decide. Names the remedy. */
public final class PositionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PositionException(String message) {
    super(message);
  }
}
