package io.riffle.console.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Failed sign-ins of the last while, by name and by address. Safe for use by several threads; what
 * it keeps is bounded.
 */
final class Attempts {
  private static final int MOST_KEPT = 10_000;

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

  /** Whether another one may be made. Who is held up by others' failures waits as they do. */
  synchronized boolean mayTry(String who) {
    forgetOld();
    return failures.size() < MOST_KEPT
        && failures.getOrDefault(who, new ArrayDeque<>()).size() < most;
  }

  synchronized void failed(String who) {
    failures.computeIfAbsent(who, first -> new ArrayDeque<>()).addLast(clock.instant());
  }

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
