package io.riffle.producer.run;

import io.riffle.failure.Backoff;
import io.riffle.failure.Failure;
import io.riffle.failure.Pause;
import io.riffle.process.StopSignal;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a session running: after a failure that may pass, a new one after a pause that grows. Any
 * other failure is thrown to the caller.
 */
public final class Restarting {

  private static final Logger log = LoggerFactory.getLogger(Restarting.class);
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

  /** What failed before may be asked for again this late: a group shares out its partitions. */
  private static final Duration SETTLED = Duration.ofSeconds(10);

  private final String name;
  private final Pause pause;
  private final Session.Opening opening;

  /**
   * @param name of the part, for the log
   * @param pause tells operators how the part is
   */
  public Restarting(String name, Pause pause, Session.Opening opening) {
    this.name = name;
    this.pause = pause;
    this.opening = opening;
  }

  /** Returns when the signal is given. */
  public void run(StopSignal stop) throws Exception {
    while (!stop.isGiven()) {
      try (Session session = opening.open()) {
        session.run(stop, pulse());
      } catch (Exception e) {
        pauseOrThrow(e, stop);
      }
    }
    pause.close();
  }

  private Pulse pulse() {
    Instant settled = Instant.now().plus(SETTLED);
    return new Pulse() {
      @Override
      public void worked() {
        pause.succeeded();
      }

      @Override
      public void idle() {
        if (pause.getPaused() > 0 && settled.isBefore(Instant.now())) {
          pause.succeeded();
        }
      }
    };
  }

  private void pauseOrThrow(Exception thrown, StopSignal stop) throws Exception {
    if (stop.isGiven()) {
      log.atInfo().addKeyValue("part", name).log("gave up what was in flight");
      return;
    }
    Failure failure = SessionFailures.of(thrown);
    if (!failure.verdict().pauses()) {
      pause.stopped(failure);
      throw thrown;
    }
    pause.failed(failure);
    log.atDebug().addKeyValue("part", name).setCause(thrown).log("a session ended");
    stop.await(BACKOFF.pause(pause.getFailures()));
  }
}
