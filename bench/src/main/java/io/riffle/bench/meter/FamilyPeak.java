package io.riffle.bench.meter;

import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The most memory that a process and its descendants had together, looked at twice a second. */
final class FamilyPeak {

  private static final long INTERVAL_MILLIS = 500;

  private final long pid;
  private final AtomicLong most = new AtomicLong();
  private final ScheduledFuture<?> looks;

  FamilyPeak(long pid, ScheduledExecutorService clock) {
    this.pid = pid;
    this.looks = clock.scheduleAtFixedRate(this::look, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    List<MemoryStatus> family =
        Proc.tree(pid).stream()
            .flatMap(process -> Proc.status(process.pid()).stream())
            .map(MemoryStatus::parse)
            .toList();
    most.accumulateAndGet(MemoryStatus.together(family), Math::max);
  }

  /** Looks for the last time; bytes. */
  long end() {
    looks.cancel(false);
    look();
    return most.get();
  }
}
