package io.riffle.failure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Whether a part of a program works or waits for a neighbour, told in the log when it changes and
 * as an MBean at any time ({@link PauseMXBean}). Safe for use by several threads.
 */
public final class Pause implements PauseMXBean, AutoCloseable {
  private enum State {
    WORKING,
    PAUSED,
    STOPPED
  }

  private static final Logger log = LoggerFactory.getLogger(Pause.class);

  /** An outage of hours is not forgotten in the log, and does not fill it. */
  private static final Duration REMINDER = Duration.ofMinutes(10);

  private final String part;
  private final Clock clock;
  private final Set<String> logged = new HashSet<>();
  private Optional<Registered> registered = Optional.empty();
  private State state = State.WORKING;
  private Optional<Failure> failure = Optional.empty();
  private Instant since = Instant.EPOCH;
  private Instant remindAt = Instant.EPOCH;
  private Duration earlier = Duration.ZERO;
  private int failures;
  private long pauses;

  Pause(String part, Clock clock) {
    this.part = part;
    this.clock = clock;
  }

  /**
   * A part that works, to be seen as an MBean until it is closed; it takes the place of one of the
   * same name.
   *
   * @param set partition set
   * @param part unique within the process and the set, such as {@code scanner}
   */
  public static Pause of(String set, String part) {
    Pause pause = new Pause(part, Clock.systemUTC());
    pause.registered = Optional.of(Registered.as(set, part, pause));
    return pause;
  }

  /** The part waits, or goes on waiting; it will try again. */
  public synchronized void failed(Failure told) {
    if (state == State.WORKING) {
      begin(State.PAUSED);
    }
    failures++;
    failure = Optional.of(told);
    if (!clock.instant().isBefore(remindAt)) {
      logged.clear();
      remindAt = clock.instant().plus(REMINDER);
    }
    boolean news = logged.add(told.neighbour() + told.code());
    log(news ? Level.WARN : Level.DEBUG, told).log("paused, a neighbour fails");
  }

  /** The part does not go on by itself. */
  public synchronized void stopped(Failure told) {
    if (state == State.WORKING) {
      begin(State.STOPPED);
    }
    state = State.STOPPED;
    failures++;
    failure = Optional.of(told);
    log(Level.ERROR, told).log("stopped");
  }

  /** The part works; cheap to call when it did before. */
  public synchronized void succeeded() {
    if (state == State.WORKING) {
      return;
    }
    Duration lasted = Duration.between(since, clock.instant());
    log.atInfo()
        .addKeyValue("part", part)
        .addKeyValue("failures", failures)
        .addKeyValue("pausedMillis", lasted.toMillis())
        .log("goes on");
    earlier = earlier.plus(lasted);
    state = State.WORKING;
    failure = Optional.empty();
    failures = 0;
    logged.clear();
    remindAt = Instant.EPOCH;
  }

  /** A part that is over is not seen any more, unless it was stopped: that stays to be seen. */
  @Override
  public synchronized void close() {
    if (state != State.STOPPED) {
      registered.ifPresent(Registered::remove);
    }
  }

  private void begin(State next) {
    state = next;
    since = clock.instant();
    pauses++;
  }

  private LoggingEventBuilder log(Level level, Failure told) {
    return log.atLevel(level)
        .addKeyValue("part", part)
        .addKeyValue("neighbour", told.neighbour())
        .addKeyValue("cause", told.code())
        .addKeyValue("verdict", told.verdict())
        .addKeyValue("reason", told.text())
        .addKeyValue("failures", failures);
  }

  @Override
  public synchronized String getState() {
    return state.name();
  }

  @Override
  public synchronized int getPaused() {
    return state == State.WORKING ? 0 : 1;
  }

  @Override
  public synchronized String getNeighbour() {
    return failure.map(told -> told.neighbour().name()).orElse("");
  }

  @Override
  public synchronized String getVerdict() {
    return failure.map(told -> told.verdict().name()).orElse("");
  }

  @Override
  public synchronized String getCause() {
    return failure.map(Failure::code).orElse("");
  }

  @Override
  public synchronized String getText() {
    return failure.map(Failure::text).orElse("");
  }

  @Override
  public synchronized String getSince() {
    return state == State.WORKING ? "" : since.toString();
  }

  @Override
  public synchronized int getFailures() {
    return failures;
  }

  @Override
  public synchronized long getPauses() {
    return pauses;
  }

  @Override
  public synchronized double getSecondsPaused() {
    Duration now =
        state == State.WORKING ? Duration.ZERO : Duration.between(since, clock.instant());
    return earlier.plus(now).toMillis() / 1000.0;
  }
}
