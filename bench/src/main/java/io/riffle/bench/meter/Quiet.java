package io.riffle.bench.meter;

import java.time.Duration;

/**
 * Waits until the services have done what they put off: compactions, checkpoints, commits. What is
 * left over from one contender would be counted for the next one.
 */
public final class Quiet {

  private static final Duration LOOK = Duration.ofMillis(500);

  /** Cores that idle services may use all together: they poll, heart-beat and commit. */
  private static final double IDLE = 0.4;

  private Quiet() {}

  /** Returns when the services idle, or after that time. */
  public static void await(Meter meter, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    double busy = Double.MAX_VALUE;
    while (busy > IDLE && System.nanoTime() < deadline) {
      long begin = System.nanoTime();
      double before = meter.servicesCpuSeconds();
      Thread.sleep(LOOK.toMillis());
      double seconds = Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1000.0;
      busy = (meter.servicesCpuSeconds() - before) / seconds;
    }
  }
}
