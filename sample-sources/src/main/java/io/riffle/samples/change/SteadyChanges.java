package io.riffle.samples.change;

import io.riffle.samples.SampleSource;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * A thread that changes rows until it is told to stop, and goes on after the server was gone: for
 * tests that kill what is around it, and for demos.
 */
public final class SteadyChanges implements AutoCloseable {

  private static final long PAUSE_MILLIS = 200;

  private final DataSource database;
  private final List<String> tables;
  private final ChangePlan plan;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final List<ChangeReport> reports = new ArrayList<>();
  private final Thread thread;
  private volatile Exception last;
  private volatile long written;
  private volatile Instant lastCommit;

  private SteadyChanges(
      DataSource database, SampleSource source, List<String> tables, ChangePlan plan) {
    this.database = database;
    this.tables = List.copyOf(tables);
    this.plan = plan;
    this.thread = new Thread(this::run, "changes-" + source.id());
  }

  /** Starts the thread, which changes all tables of the source. */
  public static SteadyChanges start(DataSource database, SampleSource source, ChangePlan plan) {
    return start(database, source, source.tables(), plan);
  }

  /** Starts the thread, which changes some tables of the source, at least one with a key. */
  public static SteadyChanges start(
      DataSource database, SampleSource source, List<String> tables, ChangePlan plan) {
    SteadyChanges changes = new SteadyChanges(database, source, tables, plan);
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

  /** How many changes it has committed until now. */
  public long written() {
    return written;
  }

  /** A moment right before its last commit: the server's time of it is this, or a little later. */
  public Optional<Instant> lastCommit() {
    return Optional.ofNullable(lastCommit);
  }

  /**
   * Waits for the thread's end, which follows {@link #close}.
   *
   * @return false when it has not ended in time: a server may be silent
   */
  public boolean awaitEnd(Duration patience) throws InterruptedException {
    thread.join(patience.toMillis());
    return !thread.isAlive();
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
    long before = written;
    try (ChangeWriter writer = ChangeWriter.open(database, SampleSource.SCHEMA, tables, plan)) {
      try {
        while (stop.getCount() > 0) {
          writer.step();
          tell(writer, before);
        }
        writer.finish();
        tell(writer, before);
      } finally {
        reports.add(writer.report());
      }
      return true;
    } catch (SQLException e) {
      last = e;
      return false;
    }
  }

  private void tell(ChangeWriter writer, long before) {
    written = before + writer.written();
    writer.lastCommit().ifPresent(moment -> lastCommit = moment);
  }
}
