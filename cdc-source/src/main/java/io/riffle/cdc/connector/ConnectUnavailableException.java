package io.riffle.cdc.connector;

import io.riffle.failure.Classified;
import io.riffle.failure.Failure;
import io.riffle.failure.Neighbour;

/** Connect does not answer, or is busy with itself: trying again later may help. */
public final class ConnectUnavailableException extends RuntimeException implements Classified {
  private static final long serialVersionUID = 1L;

  ConnectUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  ConnectUnavailableException(String message) {
    super(message);
  }

  @Override
  public Failure failure() {
    return Failure.noAnswer(Neighbour.KAFKA, "Connect: " + getMessage());
  }
}
