package io.riffle.infra.lease;

import io.riffle.lease.HeldLease;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Heartbeats while a program runs, in a thread of their own. When somebody else has the lease all
 * the same, the program is asked to end: two of them must not load.
 */
final class Renewal implements AutoCloseable {
  private final HeldLease lease;
  private final Duration interval;
  private final Process process;
  private final Consumer<String> progress;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean lost;

  private Renewal(HeldLease lease, Duration interval, Process process, Consumer<String> progress) {
    this.lease = lease;
    this.interval = interval;
    this.process = process;
    this.progress = progress;
  }

  static Renewal of(
      HeldLease lease, Duration interval, Process process, Consumer<String> progress) {
    Renewal renewal = new Renewal(lease, interval, process, progress);
    Thread thread = new Thread(renewal::renewUntilClosed, "lease-renewal");
    thread.setDaemon(true);
    thread.start();
    return renewal;
  }

  /** Whether the program ran without the lease for a while. */
  boolean isLost() {
    return lost;
  }

  private void renewUntilClosed() {
    try {
      while (!lost && !closed.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
        renew();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void renew() {
    try {
      if (!lease.renew()) {
        lost = true;
        progress.accept("the lease was lost; the command is asked to end (SIGTERM)");
        process.destroy();
      }
    } catch (SQLException e) {
      progress.accept("the lease could not be renewed, trying again: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
