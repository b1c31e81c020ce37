package io.riffle.schemas.registry;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Attempts left for one call, and the pauses between them: doubled each time, with jitter. */
final class Retries {
  private static final long MAX_PAUSE_MILLIS = 30_000;

  private int left;
  private long pauseMillis;
  private String lastFailure = "";
  private Throwable lastCause;

  Retries(int attempts, Duration firstPause) {
    this.left = attempts - 1;
    this.pauseMillis = firstPause.toMillis();
  }

  void failed(String failure, Throwable cause) {
    lastFailure = failure;
    lastCause = cause;
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

  Throwable lastCause() {
    return lastCause;
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
