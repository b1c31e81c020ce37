package io.riffle.infra.lease;

import io.riffle.lease.HeldLease;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Heartbeats while a program runs. When somebody else has the lease all the same, the program is
 * asked to end: two of them must not load.
 */
final class Renewal implements AutoCloseable {
  private final HeldLease lease;
  private final Process process;
  private final Consumer<String> progress;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread daemon = new Thread(work, "lease-renewal");
            daemon.setDaemon(true);
            return daemon;
          });
  private volatile boolean lost;

  private Renewal(HeldLease lease, Process process, Consumer<String> progress) {
    this.lease = lease;
    this.process = process;
    this.progress = progress;
  }

  static Renewal of(
      HeldLease lease, Duration interval, Process process, Consumer<String> progress) {
    Renewal renewal = new Renewal(lease, process, progress);
    renewal.begin(interval);
    return renewal;
  }

  private void begin(Duration interval) {
    long millis = interval.toMillis();
    thread.scheduleWithFixedDelay(this::renew, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** Whether the program ran without the lease for a while. */
  boolean isLost() {
    return lost;
  }

  private void renew() {
    try {
      if (!lease.renew()) {
        lost = true;
        thread.shutdown();
        progress.accept("the lease was lost; the command is asked to end (SIGTERM)");
        process.destroy();
      }
    } catch (SQLException e) {
      progress.accept("the lease could not be renewed, trying again: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    end(thread);
  }

  private static void end(ExecutorService thread) {
    thread.shutdownNow();
  }
}
