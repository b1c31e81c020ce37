package io.riffle.sink.replay;

import io.riffle.failure.Backoff;
import io.riffle.failure.Failure;
import java.time.Duration;

/** Waits while a neighbour is away, but not for ever without anything done. One thread. */
final class Endurance {
  private final Backoff backoff;
  private final Duration patience;
  private int failures;
  private long doneBefore = -1;
  private long since;

  Endurance(Backoff backoff, Duration patience) {
    this.backoff = backoff;
    this.patience = patience;
  }

  /**
   * Waits before the next attempt.
   *
   * @param done how far it was when it failed
   * @return false when waiting would not help, or took too long already
   */
  boolean wait(Failure failure, long done) {
    if (!failure.verdict().pauses()) {
      return false;
    }
    if (done != doneBefore) {
      doneBefore = done;
      failures = 0;
      since = System.nanoTime();
    }
    failures++;
    sleep(backoff.pause(failures));
    return System.nanoTime() - since < patience.toNanos();
  }

  /** A pause; an interrupt ends the run. */
  static void sleep(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw StoppedException.because("it was interrupted");
    }
  }
}
