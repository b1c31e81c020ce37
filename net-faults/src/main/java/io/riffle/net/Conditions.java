package io.riffle.net;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** What the proxy does at the moment, to all its connections. Thread-safe. */
final class Conditions {

  private final Set<Direction> stopped = EnumSet.noneOf(Direction.class);
  private final Random random;
  private Weather weather = Weather.FINE;
  private Hold hold;
  private boolean cut;

  Conditions(long seed) {
    this.random = new Random(seed);
  }

  synchronized void weather(Weather now) {
    weather = now;
  }

  synchronized void cut() {
    cut = true;
  }

  synchronized boolean isCut() {
    return cut;
  }

  synchronized void stop(Collection<Direction> directions) {
    stopped.addAll(directions);
  }

  synchronized void hold(Hold begun) {
    releaseHold();
    hold = begun;
  }

  synchronized void heal() {
    cut = false;
    weather = Weather.FINE;
    stopped.clear();
    releaseHold();
    notifyAll();
  }

  /** Connections that are gone wait for nothing any more. */
  synchronized void tellThoseWhoWait() {
    notifyAll();
  }

  private void releaseHold() {
    if (hold != null) {
      hold.release();
      hold = null;
    }
  }

  /** Returns when bytes, or the end of them, may go on, or the link is gone. */
  synchronized void awaitForwarding(Direction direction, Link link) throws InterruptedException {
    while (stopped.contains(direction) && !link.isClosed()) {
      wait();
    }
  }

  /** The hold that begins with this chunk, if one does. */
  Optional<Hold> holdFrom(Direction direction, byte[] chunk) {
    Hold now;
    synchronized (this) {
      now = hold;
    }
    return Optional.ofNullable(now).filter(one -> one.begins(direction, chunk));
  }

  synchronized boolean resets() {
    return weather.resetRate() > 0 && random.nextDouble() < weather.resetRate();
  }

  synchronized Duration travel(int bytes) {
    return weather.travel(bytes);
  }
}
