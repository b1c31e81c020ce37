package io.riffle.merge;

import io.riffle.schemas.registry.RegistryUnavailableException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a failed stream thread with a new one, which starts at the last commit; too many failures
 * in a short time end the process, unless they are the registry's. Called by the failing threads.
 */
final class ThreadFailures implements StreamsUncaughtExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(ThreadFailures.class);

  private final MergeConfig.Limits limits;
  private final Clock clock;
  private final Runnable giveUp;
  private final Deque<Instant> recent = new ArrayDeque<>();

  /**
   * @param giveUp told once the limit is passed; must not block
   */
  ThreadFailures(MergeConfig.Limits limits, Clock clock, Runnable giveUp) {
    this.limits = limits;
    this.clock = clock;
    this.giveUp = giveUp;
  }

  @Override
  public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
    if (isOutage(failure)) {
      log.atWarn().setCause(failure).log("The registry is away, a thread is replaced");
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    Instant now = clock.instant();
    recent.addLast(now);
    while (recent.getFirst().isBefore(now.minus(limits.restartWindow()))) {
      recent.removeFirst();
    }
    boolean again = recent.size() <= limits.threadRestarts();
    log.atError()
        .setCause(failure)
        .addKeyValue("failures", recent.size())
        .addKeyValue("limit", limits.threadRestarts())
        .log(again ? "A thread failed and is replaced" : "Threads fail too often, giving up");
    if (again) {
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    giveUp.run();
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  /** An outage ends by itself and fills no limit; each request to the registry takes its time. */
  private static boolean isOutage(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(RegistryUnavailableException.class::isInstance);
  }
}
