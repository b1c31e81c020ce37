package io.riffle.cdc.connector;

import io.riffle.failure.Classified;
import io.riffle.failure.Failure;
import io.riffle.failure.Neighbour;

/** Connect does not answer, or is busy with itself: trying again later may help. */
public final class ConnectUnavailableException extends RuntimeException implements Classified {
  private static final long serialVersionUID = 1L;

  private final boolean starting;

  ConnectUnavailableException(String message, Throwable cause) {
    super(message, cause);
    this.starting = false;
  }

  private ConnectUnavailableException(String message, boolean starting) {
    super(message);
    this.starting = starting;
  }

  ConnectUnavailableException(String message) {
    this(message, false);
  }

  /** A worker answers, and knows none of its paths yet. */
  static ConnectUnavailableException ofStart() {
    return new ConnectUnavailableException("its worker still starts", true);
  }

  /** Whether it is there and only not ready yet. */
  public boolean isStarting() {
    return starting;
  }

  @Override
  public Failure failure() {
    return Failure.noAnswer(Neighbour.KAFKA, "Connect: " + getMessage());
  }
}
