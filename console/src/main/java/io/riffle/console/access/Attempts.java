package io.riffle.console.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Sign-ins of the last while that failed, or of which nobody knows yet, by name or by address. Safe
 * for use by several threads; what it keeps is bounded.
 */
public final class Attempts {
  static final Duration WINDOW = Duration.ofMinutes(5);
  private static final int MOST_KEPT = 10_000;
  private static final int MOST_BY_ADDRESS = 30;

  private final int most;
  private final Duration window;
  private final Clock clock;
  private final Map<String, Deque<Instant>> failures = new HashMap<>();

  /**
   * @param most failures within the window; then nothing is tried any more
   */
  Attempts(int most, Duration window, Clock clock) {
    this.most = most;
    this.window = window;
    this.clock = clock;
  }

  /** Those of addresses: several people may share one. */
  public static Attempts byAddress(Clock clock) {
    return new Attempts(MOST_BY_ADDRESS, WINDOW, clock);
  }

  /**
   * Takes one more, which counts as failed until it is known not to be: a check takes long, and
   * many at once would all be let in. Who is held up by others' failures waits as they do.
   *
   * @return whether it may be made
   */
  public synchronized boolean begin(String who) {
    forgetOld();
    if (!failures.containsKey(who) && failures.size() >= MOST_KEPT) {
      return false;
    }
    Deque<Instant> times = failures.computeIfAbsent(who, first -> new ArrayDeque<>());
    if (times.size() >= most) {
      return false;
    }
    times.addLast(clock.instant());
    return true;
  }

  /** One that was begun has not failed. */
  public synchronized void takeBack(String who) {
    failures.computeIfPresent(
        who,
        (same, times) -> {
          times.pollLast();
          return times.isEmpty() ? null : times;
        });
  }

  /** Earlier failures are forgiven. */
  synchronized void succeeded(String who) {
    failures.remove(who);
  }

  private void forgetOld() {
    Instant since = clock.instant().minus(window);
    failures
        .values()
        .removeIf(
            times -> {
              times.removeIf(time -> time.isBefore(since));
              return times.isEmpty();
            });
  }
}
