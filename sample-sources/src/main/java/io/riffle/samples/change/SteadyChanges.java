package io.riffle.samples.change;

import io.riffle.samples.SampleSource;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * A thread that changes rows until it is told to stop, and goes on after the server was gone: for
 * tests that kill what is around it.
 */
public final class SteadyChanges implements AutoCloseable {

  private static final long PAUSE_MILLIS = 200;

  private final DataSource database;
  private final SampleSource source;
  private final ChangePlan plan;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final List<ChangeReport> reports = new ArrayList<>();
  private final Thread thread;
  private volatile Exception last;

  private SteadyChanges(DataSource database, SampleSource source, ChangePlan plan) {
    this.database = database;
    this.source = source;
    this.plan = plan;
    this.thread = new Thread(this::run, "changes-" + source.id());
  }

  /** Starts the thread. */
  public static SteadyChanges start(DataSource database, SampleSource source, ChangePlan plan) {
    SteadyChanges changes = new SteadyChanges(database, source, plan);
    changes.thread.setDaemon(true);
    changes.thread.start();
    return changes;
  }

  /**
   * Lets the last transactions end. A server that is away is waited for.
   *
   * @return a report of each time that the server was there
   */
  public List<ChangeReport> stop() throws InterruptedException {
    stop.countDown();
    thread.join();
    return List.copyOf(reports);
  }

  /** Why the last attempt failed, or null. */
  public Exception lastFailure() {
    return last;
  }

  /** Ends at once; what is open is rolled back. */
  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      while (!attempt()) {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether it ended as it was told to. */
  private boolean attempt() throws InterruptedException {
    try (ChangeWriter writer = ChangeWriter.open(database, source, plan)) {
      try {
        while (stop.getCount() > 0) {
          writer.step();
        }
        writer.finish();
      } finally {
        reports.add(writer.report());
      }
      return true;
    } catch (SQLException e) {
      last = e;
      return false;
    }
  }
}
