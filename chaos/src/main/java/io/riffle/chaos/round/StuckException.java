package io.riffle.chaos.round;

/** Something did not come to its end; the message names what, without a value. */
final class StuckException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StuckException(String message) {
    super(message);
  }
}
