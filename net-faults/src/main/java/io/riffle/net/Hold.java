package io.riffle.net;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * Keeps back one direction of one connection, from a certain chunk on, until it is released: those
 * bytes arrive late. What goes the other way is not touched.
 */
public final class Hold {

  private final Direction direction;
  private final Predicate<byte[]> first;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final CountDownLatch released = new CountDownLatch(1);

  Hold(Direction direction, Predicate<byte[]> first) {
    this.direction = direction;
    this.first = first;
  }

  /** Whether it has caught a connection. */
  public boolean hasBegun() {
    return begun.get();
  }

  /** Lets the bytes go on, to whoever is still there. */
  public void release() {
    released.countDown();
  }

  /** Whether this chunk is the one to begin with. Each is shown once, in order. */
  synchronized boolean begins(Direction going, byte[] chunk) {
    return going == direction
        && released.getCount() > 0
        && !begun.get()
        && first.test(chunk)
        && begun.compareAndSet(false, true);
  }

  void await() throws InterruptedException {
    released.await();
  }
}
