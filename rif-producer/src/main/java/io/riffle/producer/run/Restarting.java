package io.riffle.producer.run;

import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a session running: after a failure that passes, a new one after a pause that grows. Any
 * other failure is thrown to the caller.
 */
public final class Restarting {

  private static final Logger log = LoggerFactory.getLogger(Restarting.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration STABLE = Duration.ofMinutes(1);

  private final String name;
  private final Session.Opening opening;
  private Duration pause = FIRST_PAUSE;

  /**
   * @param name of the part, for the log
   */
  public Restarting(String name, Session.Opening opening) {
    this.name = name;
    this.opening = opening;
  }

  /** Returns when the signal is given. */
  public void run(StopSignal stop) throws Exception {
    while (!stop.isGiven()) {
      Instant start = Instant.now();
      try (Session session = opening.open()) {
        session.run(stop);
      } catch (Exception e) {
        pauseOrThrow(e, start, stop);
      }
    }
  }

  private void pauseOrThrow(Exception failure, Instant start, StopSignal stop) throws Exception {
    if (stop.isGiven()) {
      log.atInfo().addKeyValue("part", name).log("gave up what was in flight");
      return;
    }
    if (!Failures.isPassing(failure)) {
      throw failure;
    }
    if (start.plus(STABLE).isBefore(Instant.now())) {
      pause = FIRST_PAUSE;
    }
    log.atWarn()
        .addKeyValue("part", name)
        .addKeyValue("pauseMillis", pause.toMillis())
        .setCause(failure)
        .log("a neighbour failed, starting again after a pause");
    stop.await(pause);
    pause =
        pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
  }
}
