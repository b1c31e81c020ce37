package io.riffle.samples.change;

import java.util.concurrent.TimeUnit;

/** So many changes a second: who is late hurries until the count is right again. */
final class Pace {

  private final double nanosEach;
  private long begin;
  private long changes;

  /**
   * @param rate a second, 0 for as fast as it goes
   */
  Pace(double rate) {
    this.nanosEach = rate == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / rate;
  }

  /** Waits until the next change is due. */
  void await() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (changes++ == 0) {
      begin = System.nanoTime();
    }
    long due = begin + (long) ((changes - 1) * nanosEach);
    TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
  }
}
