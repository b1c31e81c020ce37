package io.riffle.merge;

import io.riffle.failure.Backoff;
import io.riffle.failure.Failure;
import io.riffle.failure.Failures;
import io.riffle.failure.Neighbour;
import io.riffle.failure.Pause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a failed stream thread with a new one, which starts at the last commit. While a neighbour
 * fails, that takes the longer the more often; defects end the process when there are too many of
 * them in a short time. Called by the failing threads.
 */
final class ThreadFailures implements StreamsUncaughtExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(ThreadFailures.class);

  /** The longest is shorter than transactions last: the failed thread's is open while it waits. */
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));

  private static final Duration CALM = Duration.ofSeconds(30);

  /** Asking a registry that is silent takes its time, too. */
  private static final Duration IN_ROW = Duration.ofMinutes(2);

  private final MergeConfig.Limits limits;
  private final Clock clock;
  private final Pause pause;
  private final Consumer<Duration> waiting;
  private final Runnable giveUp;
  private final Deque<Instant> recent = new ArrayDeque<>();
  private Instant lastOutage = Instant.EPOCH;
  private int outagesInRow;

  /**
   * @param pause told of neighbours that fail, but not of the registry, which tells of itself
   * @param waiting waits so long, or until the process ends
   * @param giveUp told once the limit is passed; must not block
   */
  ThreadFailures(
      MergeConfig.Limits limits,
      Clock clock,
      Pause pause,
      Consumer<Duration> waiting,
      Runnable giveUp) {
    this.limits = limits;
    this.clock = clock;
    this.pause = pause;
    this.waiting = waiting;
    this.giveUp = giveUp;
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable thrown) {
    Optional<Failure> failure = Failures.of(thrown).filter(known -> known.verdict().pauses());
    failure.ifPresent(this::sitOut);
    return failure.isPresent() ? StreamThreadExceptionResponse.REPLACE_THREAD : limited(thrown);
  }

  /**
   * To be called from time to time: threads that neither fail nor are replaced for a while are well
   * again.
   */
  synchronized void look() {
    if (pause.getPaused() > 0 && lastOutage.plus(CALM).isBefore(clock.instant())) {
      pause.succeeded();
    }
  }

  private void sitOut(Failure failure) {
    if (failure.neighbour() != Neighbour.REGISTRY) {
      pause.failed(failure);
    }
    waiting.accept(BACKOFF.pause(countOutage()));
  }

  private synchronized int countOutage() {
    Instant now = clock.instant();
    outagesInRow = lastOutage.plus(IN_ROW).isBefore(now) ? 1 : outagesInRow + 1;
    lastOutage = now;
    return outagesInRow;
  }

  private synchronized StreamThreadExceptionResponse limited(Throwable thrown) {
    Instant now = clock.instant();
    recent.addLast(now);
    while (recent.getFirst().isBefore(now.minus(limits.restartWindow()))) {
      recent.removeFirst();
    }
    boolean again = recent.size() <= limits.threadRestarts();
    log.atError()
        .setCause(thrown)
        .addKeyValue("failures", recent.size())
        .addKeyValue("limit", limits.threadRestarts())
        .log(again ? "A thread failed and is replaced" : "Threads fail too often, giving up");
    if (again) {
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    pause.stopped(Failures.of(thrown).orElseGet(() -> Failure.ofDefect(thrown)));
    giveUp.run();
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }
}
