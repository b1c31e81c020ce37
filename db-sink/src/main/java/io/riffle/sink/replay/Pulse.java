package io.riffle.sink.replay;

import io.riffle.sink.TaskLease;
import io.riffle.sink.write.Database;
import java.time.Duration;

/** Between records: keeps the lease, and sees whether the replay is still wanted. One thread. */
final class Pulse {
  private static final long EVERY = Duration.ofSeconds(1).toNanos();

  private final Database database;
  private final TaskLease lease;
  private final ReplayTable table;
  private long last = System.nanoTime();

  Pulse(Database database, TaskLease lease, ReplayTable table) {
    this.database = database;
    this.lease = lease;
    this.table = table;
  }

  /**
   * Looks once a second.
   *
   * @throws StoppedException when it was cancelled
   * @throws io.riffle.lease.LeaseElsewhereException when the lease was lost
   */
  void beat() {
    if (System.nanoTime() - last < EVERY) {
      return;
    }
    lease.hold();
    if (!database.transaction(table::beat)) {
      throw StoppedException.cancelled();
    }
    last = System.nanoTime();
  }
}
