package io.riffle.sink.rebuild;

import io.riffle.lease.HeldLease;
import io.riffle.lease.LeaseElsewhereException;
import io.riffle.sink.offsets.StoredOffset;
import io.riffle.sink.write.Database;
import io.riffle.sink.write.DatabaseException;
import io.riffle.sink.write.OffsetTable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Brings the shadow tables to where the live sink is and puts them in its place, in as many tries
 * as it takes. Only for the last of the catch-up and the swap itself the lease is borrowed.
 */
final class Handover {
  /** So few offsets are written in a second or so. */
  private static final long FEW = 5_000;

  private static final int ROUNDS = 10;
  private static final int LOCK_TRIES = 3;

  /** More than twice the lifetime: so long a borrower waits for one that was killed. */
  private static final Duration LEASE_PATIENCE = Duration.ofSeconds(45);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  /** A lock that was not given in time, and a deadlock that ended here. */
  private static final Set<String> IN_THE_WAY = Set.of("55P03", "40P01");

  private final Sessions sessions;
  private final Database database;
  private final ShadowTables tables;
  private final CatchUp catchUp;
  private final Swap swap;
  private final Building building;
  private final OffsetTable offsets;
  private final SwapTimes times;
  private final Steps steps;
  private boolean exchanged;

  Handover(
      Sessions sessions,
      Database database,
      ShadowTables tables,
      CatchUp catchUp,
      Swap swap,
      Building building,
      OffsetTable offsets,
      SwapTimes times,
      Steps steps) {
    this.sessions = sessions;
    this.database = database;
    this.tables = tables;
    this.catchUp = catchUp;
    this.swap = swap;
    this.building = building;
    this.offsets = offsets;
    this.times = times;
    this.steps = steps;
  }

  /**
   * @throws RebuildException when the patience ends, with what was in the way last
   */
  void run(SwapHook hook) throws InterruptedException {
    long end = System.nanoTime() + times.patience().toNanos();
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        attempt(hook, end);
        return;
      } catch (LaterException e) {
        if (exchanged) {
          return; // only the lease could not be given back: others find out by the silence
        }
        if (System.nanoTime() > end) {
          throw new RebuildException("the tables could not be exchanged: " + e.getMessage());
        }
        steps.note(e.getMessage());
      }
      Thread.sleep(pause.toMillis());
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
    }
  }

  private void attempt(SwapHook hook, long end) throws InterruptedException {
    building.run(database);
    followSink();
    steps.begin(Step.WAIT);
    awaitSnapshots(snapshots(), end, Optional.empty());
    steps.begin(Step.CATCH_UP);
    catchUp.to(goal());
    underLease(hook);
  }

  /** The sink goes on meanwhile; each round leaves less. */
  private void followSink() {
    steps.begin(Step.CATCH_UP);
    for (int round = 0; round < ROUNDS && catchUp.to(goal()) > FEW; round++) {
      steps.note("the live sink went on");
    }
  }

  /** Where the live sink is. */
  private Map<TopicPartition, Long> goal() {
    Map<TopicPartition, StoredOffset> stored = database.transaction(offsets::read);
    Map<TopicPartition, Long> goal = new HashMap<>();
    catchUp
        .positions()
        .forEach(
            (partition, position) -> {
              if (!stored.containsKey(partition)) {
                throw new RebuildException("the live sink has no offset of " + partition);
              }
              goal.put(partition, stored.get(partition).next());
              if (goal.get(partition) < position) {
                throw new RebuildException(
                    "the live sink was moved back on " + partition + ": drop this rebuild");
              }
            });
    return goal;
  }

  private void underLease(SwapHook hook) throws InterruptedException {
    try (HeldLease lease =
        HeldLease.borrow(sessions.dataSource(), sessions.leaseParty(), LEASE_PATIENCE)) {
      Map<TopicPartition, Long> goal = goal();
      catchUp.to(goal);
      database.transaction(
          connection -> {
            swap.rememberDeletes(connection, lease.token());
            return true;
          });
      renew(lease);
      steps.begin(Step.WAIT);
      long end = System.nanoTime() + times.snapshots().toNanos();
      awaitSnapshots(snapshots(), end, Optional.of(lease));
      steps.begin(Step.SWAP);
      exchange(lease, goal, hook);
    } catch (LeaseElsewhereException e) {
      throw new LaterException("the lease is with another borrower");
    } catch (SQLException e) {
      throw new LaterException("the lease was not to be had, SQLSTATE " + e.getSQLState());
    }
  }

  private OldSnapshots snapshots() {
    return database.transaction(OldSnapshots::beforeNow);
  }

  private void awaitSnapshots(OldSnapshots snapshots, long end, Optional<HeldLease> lease)
      throws InterruptedException {
    while (true) {
      Optional<String> oldest = database.transaction(snapshots::oldest);
      if (oldest.isEmpty()) {
        return;
      }
      if (System.nanoTime() > end) {
        throw new LaterException(oldest.get());
      }
      steps.note(oldest.get());
      if (lease.isPresent()) {
        renew(lease.get());
      }
      Thread.sleep(LOOK_AGAIN.toMillis());
    }
  }

  private static void renew(HeldLease lease) {
    try {
      if (!lease.renew()) {
        throw new LaterException("the lease was taken by somebody else");
      }
    } catch (SQLException e) {
      throw new LaterException("the lease could not be renewed, SQLSTATE " + e.getSQLState());
    }
  }

  private void exchange(HeldLease lease, Map<TopicPartition, Long> goal, SwapHook hook)
      throws InterruptedException {
    for (int left = LOCK_TRIES; left > 0; left--) {
      renew(lease);
      try {
        long millis = times.lock().toMillis();
        database.transaction(
            connection -> {
              swap.run(connection, lease.token(), goal, millis, hook);
              return true;
            });
        exchanged = true;
        return;
      } catch (DatabaseException e) {
        if (!IN_THE_WAY.contains(e.failure().code())) {
          throw e;
        }
        steps.note(blockers());
      }
      Thread.sleep(LOOK_AGAIN.toMillis());
    }
    throw new LaterException("no lock was given: " + blockers());
  }

  private String blockers() {
    return database.transaction(connection -> TableLocks.blockers(new Sql(connection), tables));
  }
}
