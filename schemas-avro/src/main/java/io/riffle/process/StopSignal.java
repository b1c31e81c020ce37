package io.riffle.process;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Given once; whoever works on looks at it between two steps. Safe for use by several threads. */
public final class StopSignal {

  private final CountDownLatch latch = new CountDownLatch(1);
  private final List<StopSignal> children = new CopyOnWriteArrayList<>();

  /** A signal that is given with this one, or earlier by itself. */
  public StopSignal child() {
    StopSignal child = new StopSignal();
    children.add(child);
    if (isGiven()) {
      child.give();
    }
    return child;
  }

  /** Forgets a child that is done. */
  public void release(StopSignal child) {
    children.remove(child);
  }

  /** Tells everybody who looks, for good. */
  public void give() {
    latch.countDown();
    children.forEach(StopSignal::give);
  }

  /** Whether it was given. */
  public boolean isGiven() {
    return latch.getCount() == 0;
  }

  /** Waits for the signal, at most so long; an interrupt counts as the signal. */
  public boolean await(Duration atMost) {
    try {
      return latch.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      give();
      return true;
    }
  }
}
