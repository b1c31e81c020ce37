package io.riffle.schemas.registry;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Attempts left for one call, and the pauses between them: doubled each time, with jitter. */
final class Retries {
  private static final long MAX_PAUSE_MILLIS = 30_000;

  private int left;
  private long pauseMillis;
  private String lastFailure = "";
  private Throwable lastCause;
  private OptionalInt lastStatus = OptionalInt.empty();

  Retries(int attempts, Duration firstPause) {
    this.left = attempts - 1;
    this.pauseMillis = firstPause.toMillis();
  }

  /** No answer. */
  void failed(String failure, Throwable cause) {
    lastFailure = failure;
    lastCause = cause;
    lastStatus = OptionalInt.empty();
  }

  /** An answer to try again upon. */
  void failed(String failure, int status) {
    failed(failure, null);
    lastStatus = OptionalInt.of(status);
  }

  /** False at once when no attempt is left; otherwise true after the pause. */
  boolean pauseAndGoOn() {
    if (left-- <= 0) {
      return false;
    }
    pause(pauseMillis / 2 + ThreadLocalRandom.current().nextLong(pauseMillis / 2 + 1));
    pauseMillis = Math.min(pauseMillis * 2, MAX_PAUSE_MILLIS);
    return true;
  }

  String lastFailure() {
    return lastFailure;
  }

  /** For the caller, who has no attempt left. */
  RegistryUnavailableException usedUp() {
    String message = "no registry answers: " + lastFailure;
    return lastStatus.isPresent()
        ? new RegistryUnavailableException(message, lastStatus.getAsInt(), lastCause)
        : new RegistryUnavailableException(message, lastCause);
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RegistryUnavailableException("interrupted", e);
    }
  }
}
